import FoundationEssentials

/// An access token of a program that acts for itself and for no user, verified. There is none to renew it with: ask for
/// another one (``MachineClient`` does).
public struct ClientToken: Sendable {
  /// The token.
  public let accessToken: String
  /// What it says: ``VerifiedToken/subject`` is the app client, ``VerifiedToken/username`` is `nil`.
  public let verified: VerifiedToken

  /// When it ends.
  public var expiresAt: Date { verified.expiresAt }
  /// The scopes that it has.
  public var scopes: [String] { verified.scopes }

  /// A token, for tests of programs that use one.
  ///
  /// - Parameters:
  ///   - accessToken: the token.
  ///   - verified: what it says.
  public init(accessToken: String, verified: VerifiedToken) {
    self.accessToken = accessToken
    self.verified = verified
  }

  init(_ accessToken: String?, _ client: UserPoolClient) async throws(CognitoError) {
    guard let accessToken else { throw CognitoError(.malformedResponse, "The service's answer has no access token.") }
    let verified = try await client.verifier.verify(accessToken, use: .access)
    guard verified.username == nil else {
      throw CognitoError(.tokenClaimMismatch, "The token that came for the app client itself is a user's.")
    }
    self.init(accessToken: accessToken, verified: verified)
  }
}

extension UserPoolClient {
  /// Gets a token for this app client itself (GetClientToken): for programs that talk to programs, with no user.
  ///
  /// The client needs a secret, and `ALLOW_CLIENT_TOKEN_AUTH` as its only flow. Pools bill such tokens one by one: keep
  /// them with ``MachineClient``.
  ///
  /// - Parameters:
  ///   - scopes: `resource-server/scope`, at most 50; none for all that the client may have.
  ///   - metadata: handed to the pool's own code (ClientMetadata).
  /// - Throws: ``CognitoError``: ``CognitoError/Code/notAuthorized`` for a wrong secret or another kind of client.
  public func clientToken(scopes: [String] = [], metadata: [String: String] = [:]) async throws(CognitoError)
    -> ClientToken
  {
    guard let clientSecret else {
      throw CognitoError(.invalidConfiguration, "An app client without a secret gets no token for itself.")
    }
    let output = try await service.call(
      "GetClientToken",
      .fields([
        "ClientId": .string(clientID), "Secret": .string(try text(clientSecret)),
        "Scopes": scopes.isEmpty ? nil : .texts(scopes), "ClientMetadata": .texts(metadata),
      ]))
    return try await ClientToken(output["ClientAuthenticationResult"]?["AccessToken"]?.string, self)
  }
}

extension HostedUI {
  /// Gets a token for the app client itself at the token endpoint (RFC 6749, section 4.4, client credentials): for
  /// clients whose flow that is. ``UserPoolClient/clientToken(scopes:metadata:)`` needs no domain.
  ///
  /// - Parameter scopes: `resource-server/scope`; none for all that the client may have.
  /// - Throws: ``CognitoError``.
  public func clientToken(scopes: [String] = []) async throws(CognitoError) -> ClientToken {
    var fields: [(name: String, value: String)] = [("grant_type", "client_credentials")]
    if !scopes.isEmpty { fields.append(("scope", scopes.joined(separator: " "))) }
    return try await ClientToken(try await token(fields)["access_token"]?.string, client)
  }
}
