import Cognito
import FoundationEssentials

/// Checks PASSWORD_CLAIM_SIGNATURE and TIMESTAMP, for users and devices alike.
enum PasswordClaimCheck {
  /// How far a client's clock may be off, in seconds. Cognito's own limit isn't known.
  static let tolerance: Double = 300

  static func isRight(_ turn: SignInTurn, poolName: String, userID: String) throws -> Bool {
    let signature = try turn.response("PASSWORD_CLAIM_SIGNATURE")
    let timestamp = try turn.response("TIMESTAMP")
    guard
      let block = Base64.decodeLenient(try turn.response("PASSWORD_CLAIM_SECRET_BLOCK")),
      let key = turn.state.sessionKey.flatMap({ Base64.decode($0) }), key.count == 16
    else { return false }
    let expected = PasswordClaim.signature(
      key: key, poolName: poolName, userID: userID, secretBlock: block, timestamp: timestamp)
    let isSigned = constantTimeEquals(Array(expected.utf8), Array(signature.utf8))
    return isSigned && isFresh(timestamp, turn.context.clock.clientTimes)
  }

  /// Whether the text is exactly how some moment near now is written: a wrong weekday or a padded day fails.
  private static func isFresh(_ text: String, _ times: [Date]) -> Bool {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 6, let day = Int(parts[2]), let year = Int(parts[5]),
      let month = months.firstIndex(of: String(parts[1]))
    else { return false }
    let clock = parts[3].split(separator: ":").compactMap { Int($0) }
    guard clock.count == 3,
      let seconds = CivilTime.unixSeconds(
        year: year, month: month + 1, day: day, hour: clock[0], minute: clock[1], second: clock[2])
    else { return false }
    let moment = Date(timeIntervalSince1970: Double(seconds))
    return PasswordClaim.timestamp(moment) == text && times.contains { abs(moment.timeIntervalSince($0)) <= tolerance }
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}
