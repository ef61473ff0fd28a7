import Cognito

/// What an app client's settings name must be there: identity providers, and the scopes of resource servers.
enum ClientReferences {
  private static let ownScopes: Set<String> = [
    "openid", "email", "phone", "profile", AccessTokenClaims.selfServiceScope,
  ]

  /// - Throws: InvalidParameterException, ScopeDoesNotExistException.
  static func check<Access>(
    _ settings: ClientSettings, in pool: PoolRecord, _ transaction: Transaction<Access>
  ) throws {
    for name in settings.supportedIdentityProviders ?? [] where name != "COGNITO" {
      guard try transaction.resources.find(.identityProvider, name, in: pool.id) != nil else {
        throw PoolException.invalidParameter("The provider \(name) does not exist for User Pool \(pool.id).")
      }
    }
    for scope in settings.allowedOAuthScopes ?? [] where !ownScopes.contains(scope) {
      guard try exists(scope, in: pool, transaction) else {
        throw PoolException("ScopeDoesNotExistException", "Invalid scope requested: \(scope)")
      }
    }
  }

  /// `IDENTIFIER/NAME`; identifiers may hold slashes, names of scopes may not.
  private static func exists<Access>(
    _ scope: String, in pool: PoolRecord, _ transaction: Transaction<Access>
  ) throws -> Bool {
    guard let cut = scope.lastIndex(of: "/"),
      let server = try transaction.resources.find(.resourceServer, String(scope[..<cut]), in: pool.id)
    else { return false }
    let name = String(scope[scope.index(after: cut)...])
    return (server.members["Scopes"]?.array ?? []).contains { $0["ScopeName"]?.string == name }
  }
}
