import Cognito

/// Identities of identity pools. None is stored: the same user has the same identity in the same identity pool.
enum LocalIdentity {
  /// The user whose id token is among the `Logins`, under the name of one of our pools.
  static func user(_ request: OperationRequest) throws -> UserRecord {
    let logins = try request.input.stringMap("Logins")
    guard !logins.isEmpty else {
      throw PoolException.notAuthorized("Unauthenticated access is not supported for this identity pool.")
    }
    for (provider, token) in logins.sorted(by: { $0.key < $1.key }) {
      let user = try IdTokenReader.user(token: token, request.context)
      if provider.split(separator: "/").last.map(String.init) == user.poolID { return user }
    }
    throw IdTokenReader.invalid
  }

  /// - Parameter identityPool: `region:uuid`.
  static func identity(of user: UserRecord, in identityPool: String, _ context: PoolContext) -> String {
    let region = identityPool.split(separator: ":").first.map(String.init) ?? PoolFactory.region
    let mark = context.sealer.mark(Array("\(identityPool)\n\(user.poolID)\n\(user.sub)".utf8), label: "identity")
    return region + ":" + UUIDText.text(mark, version: 4)
  }
}
