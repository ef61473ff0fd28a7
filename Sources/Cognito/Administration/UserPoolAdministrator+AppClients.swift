extension UserPoolAdministrator {
  /// Makes an app client (CreateUserPoolClient).
  ///
  /// - Parameters:
  ///   - settings: what isn't set gets the service's default.
  ///   - hasSecret: whether the client proves itself with a secret. Programs that users have can't keep one.
  /// - Throws: ``CognitoError``.
  public func createAppClient(_ settings: AppClientSettings, hasSecret: Bool = false) async throws(CognitoError)
    -> AppClient
  {
    var input: [String: JSONValue?] = settings.members
    input["GenerateSecret"] = .bool(hasSecret)
    return try AppClient(await call("CreateUserPoolClient", input)["UserPoolClient"])
  }

  /// One app client (DescribeUserPoolClient).
  ///
  /// - Throws: ``CognitoError``, such as ``CognitoError/Code/resourceNotFound``.
  public func appClient(_ id: String) async throws(CognitoError) -> AppClient {
    try AppClient(await call("DescribeUserPoolClient", ["ClientId": .string(id)])["UserPoolClient"])
  }

  /// Changes some settings of an app client and keeps all others (DescribeUserPoolClient, UpdateUserPoolClient).
  ///
  /// The service sets whatever an update leaves out back to its default; so the present settings are fetched first.
  /// Two administrators at the same moment can still overwrite each other's changes: the service has no condition for
  /// that.
  ///
  /// - Parameters:
  ///   - id: the app client's.
  ///   - change: gets the present settings.
  /// - Throws: ``CognitoError``, or what `change` throws.
  @discardableResult
  public func updateAppClient(
    _ id: String, _ change: @Sendable (inout AppClientSettings) throws -> Void
  ) async throws -> AppClient {
    var settings = try await appClient(id).settings
    try change(&settings)
    return try await replaceAppClient(id, settings)
  }

  /// Sets all settings of an app client; what isn't given gets the service's default (UpdateUserPoolClient).
  ///
  /// - Parameters:
  ///   - id: the app client's.
  ///   - settings: all that shall differ from the defaults.
  /// - Throws: ``CognitoError``.
  @discardableResult
  public func replaceAppClient(_ id: String, _ settings: AppClientSettings) async throws(CognitoError) -> AppClient {
    var input: [String: JSONValue?] = settings.members
    input["ClientId"] = .string(id)
    return try AppClient(await call("UpdateUserPoolClient", input)["UserPoolClient"])
  }

  /// Deletes an app client (DeleteUserPoolClient).
  ///
  /// - Throws: ``CognitoError``.
  public func deleteAppClient(_ id: String) async throws(CognitoError) {
    try await call("DeleteUserPoolClient", ["ClientId": .string(id)])
  }

  /// All app clients with id and name alone (ListUserPoolClients), fetched page by page.
  ///
  /// - Parameter pageSize: 1 to 60.
  public func appClients(pageSize: Int = 60) -> PagedSequence<AppClient> {
    pages("ListUserPoolClients", ["MaxResults": .int(Int64(pageSize))], list: "UserPoolClients") { wire in
      try AppClient(wire)
    }
  }
}
