/// What a user who has signed in may do with their own account. No AWS credentials are needed: the access token
/// proves who it is, and it must have the scope `aws.cognito.signin.user.admin` (all sign-ins but hosted ones do).
public struct SignedInUser: Sendable {
  let service: ServiceClient
  private let token: @Sendable () async throws -> String

  /// - Parameters:
  ///   - client: the app client that the user signed in with.
  ///   - accessToken: gives a valid access token for each call, renewing it if need be.
  public init(client: UserPoolClient, accessToken: @escaping @Sendable () async throws -> String) {
    service = client.service
    token = accessToken
  }

  /// - Parameters:
  ///   - client: the app client that the token is for.
  ///   - accessToken: one access token; when it expires, calls throw ``CognitoError/Code/accessTokenRejected``.
  public init(client: UserPoolClient, accessToken: String) {
    self.init(client: client) { accessToken }
  }

  @discardableResult
  func call(_ operation: String, _ input: [String: JSONValue?] = [:]) async throws(CognitoError) -> JSONValue {
    try await service.call(operation, .object(try await withToken(input.compactMapValues { $0 })))
  }

  func withToken(_ input: [String: JSONValue]) async throws(CognitoError) -> [String: JSONValue] {
    var input = input
    input["AccessToken"] = .string(try await CognitoError.typed { try await token() })
    return input
  }

  /// A list operation; the token is asked for anew with each page.
  func pages<Element: Sendable>(
    _ operation: String, list: String, tokenName: String = "NextToken",
    _ element: @escaping @Sendable (JSONValue) throws -> Element
  ) -> PagedSequence<Element> {
    PagedSequence { page in
      let output = try await call(operation, [tokenName: page.map { .string($0) }])
      return try ServiceClient.page(output, list: list, tokenName: tokenName, element)
    }
  }

  /// The user with attributes and second factors (GetUser).
  ///
  /// - Throws: ``CognitoError``.
  public func details() async throws(CognitoError) -> User {
    try User(await call("GetUser"))
  }

  /// Changes the password (ChangePassword).
  ///
  /// - Parameters:
  ///   - old: `nil` for a user who has no password yet.
  ///   - new: must fit the pool's policy.
  /// - Throws: ``CognitoError``, such as ``CognitoError/Code/notAuthorized`` for a wrong old password.
  public func changePassword(from old: Secret?, to new: Secret) async throws(CognitoError) {
    try await call(
      "ChangePassword",
      [
        "PreviousPassword": old.map { secret throws(CognitoError) in try .password(secret) },
        "ProposedPassword": .password(new),
      ])
  }

  /// Deletes the account, for good (DeleteUser).
  ///
  /// - Throws: ``CognitoError``.
  public func deleteAccount() async throws(CognitoError) {
    try await call("DeleteUser")
  }
}

extension UserPoolClient {
  /// The account of a user, by tokens that are not renewed.
  public func user(_ tokens: TokenSet) -> SignedInUser { SignedInUser(client: self, accessToken: tokens.accessToken) }

  /// The account of a user, by an access token that is not renewed.
  ///
  /// - Parameter accessToken: as it came from a sign-in.
  public func user(accessToken: String) -> SignedInUser { SignedInUser(client: self, accessToken: accessToken) }
}
