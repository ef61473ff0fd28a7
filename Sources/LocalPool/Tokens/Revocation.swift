import Cognito
import FoundationEssentials

/// Ends sign-ins: their refresh tokens are gone, their access tokens are refused by the pool's own operations. Who only checks
/// signatures accepts those until they expire.
package enum Revocation {
  /// The longest that an access token can live: what is revoked need not be remembered longer.
  private static let longestAccessToken: Double = 86_400

  /// Ends one sign-in.
  package static func revoke(
    originJti: String, at now: Date, _ transaction: Transaction<ReadWrite>
  ) throws {
    try transaction.refreshTokens.delete(originJti: originJti)
    try transaction.sessions.revoke(originJti: originJti, expiresAt: now.addingTimeInterval(longestAccessToken))
  }

  /// Ends every sign-in of a user.
  package static func revokeAll(of userID: Int64, at now: Date, _ transaction: Transaction<ReadWrite>) throws {
    for origin in try transaction.refreshTokens.deleteAll(of: userID) {
      try transaction.sessions.revoke(originJti: origin, expiresAt: now.addingTimeInterval(longestAccessToken))
    }
    try transaction.userSessions.deleteAll(of: userID)
    // Access tokens can outlive their refresh token: the moment itself is kept for those.
    guard var user = try transaction.users.find(id: userID) else { return }
    user.signedOutAt = now
    try transaction.users.update(user)
  }
}
