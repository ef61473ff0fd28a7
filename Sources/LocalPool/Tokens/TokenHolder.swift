import Cognito
import FoundationEssentials

/// Whose token it is that comes back to us, if it is still good for anything.
enum TokenHolder {
  /// - Parameters:
  ///   - name: of the token, for refusals: `Access Token`.
  ///   - originJti: the sign-in that the token names.
  /// - Throws: NotAuthorizedException for a token that was revoked, or whose user is disabled; UserNotFoundException.
  static func user(
    sub: String, originJti: String?, issuedAt: Int64, in poolID: String, name: String, _ context: PoolContext
  ) throws -> UserRecord {
    let (user, isRevoked) = try context.store.read { transaction in
      (
        try transaction.users.find(sub: sub, in: poolID),
        try originJti.map { try transaction.sessions.isRevoked(originJti: $0) } ?? false
      )
    }
    let revoked = PoolException.notAuthorized("\(name) has been revoked")
    if isRevoked { throw revoked }
    guard let user else { throw PoolException.userNotFound }
    guard user.isEnabled else { throw PoolException.userDisabled }
    if let signedOut = user.signedOutAt {
      // Tokens know whole seconds only: within that of the sign-out, the sign-in's own revocation decides, and a token without
      // one is refused.
      let second = Int64(signedOut.timeIntervalSince1970)
      if originJti == nil ? issuedAt <= second : issuedAt < second { throw revoked }
    }
    return user
  }
}
