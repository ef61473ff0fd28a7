import FoundationEssentials

/// The proof that the client knows the session key: PASSWORD_CLAIM_SIGNATURE and the TIMESTAMP in it.
package enum PasswordClaim {
  private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// `EEE MMM d HH:mm:ss 'UTC' yyyy` in English and UTC whatever the process' locale and zone, such as
  /// "Tue Nov 3 09:05:01 UTC 2026". The service refuses a padded day of the month and a wrong weekday.
  package static func timestamp(_ date: Date) -> String {
    let seconds = Int64(date.timeIntervalSince1970.rounded(.down))
    let civil = CivilTime(unixSeconds: seconds)
    let weekday = days[Int(civil.dayNumber.quotientAndRemainder(dividingBy: 7).remainder + 7) % 7]
    let clock = [civil.hour, civil.minute, civil.second].map(CivilTime.twoDigits).joined(separator: ":")
    return "\(weekday) \(months[civil.month - 1]) \(civil.day) \(clock) UTC \(civil.year)"
  }

  /// base64(HMAC-SHA256(key, pool name | user id | secret block | timestamp)).
  package static func signature(
    key: [UInt8], poolName: String, userID: String, secretBlock: [UInt8], timestamp: String
  ) -> String {
    let message = Array("\(poolName)\(userID)".utf8) + secretBlock + Array(timestamp.utf8)
    return Base64.encode(HMAC.sha256(key: key, message))
  }
}
