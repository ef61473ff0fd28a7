import Cognito
import FoundationEssentials

/// Checks PASSWORD_CLAIM_SIGNATURE and TIMESTAMP, for users and devices alike.
enum PasswordClaimCheck {
  /// How far a client's clock may be off, in seconds. Cognito's own limit isn't known.
  static let tolerance: Double = 300

  static func isRight(_ turn: SignInTurn, poolName: String, userID: String) throws -> Bool {
    let signature = try turn.response("PASSWORD_CLAIM_SIGNATURE")
    let timestamp = try turn.response("TIMESTAMP")
    guard let moment = PasswordClaim.moment(timestamp) else {
      // Said before anything is checked, and counts as no attempt.
      throw PoolException.invalidParameter("TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.")
    }
    guard
      let block = Base64.decodeLenient(try turn.response("PASSWORD_CLAIM_SECRET_BLOCK")),
      let key = turn.state.sessionKey.flatMap({ Base64.decode($0) }), key.count == 16
    else { return false }
    let expected = PasswordClaim.signature(
      key: key, poolName: poolName, userID: userID, secretBlock: block, timestamp: timestamp)
    let isSigned = constantTimeEquals(Array(expected.utf8), Array(signature.utf8))
    return isSigned && turn.context.clock.clientTimes.contains { abs(moment.timeIntervalSince($0)) <= tolerance }
  }
}
