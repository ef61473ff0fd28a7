import FoundationEssentials

/// The proof that the client knows the session key: PASSWORD_CLAIM_SIGNATURE and the TIMESTAMP in it.
package enum PasswordClaim {
  /// `EEE MMM d HH:mm:ss 'UTC' yyyy` in English and UTC whatever the process' locale and zone, such as
  /// "Tue Nov 3 09:05:01 UTC 2026". The service refuses a padded day of the month and a wrong weekday.
  package static func timestamp(_ date: Date) -> String {
    let time = CivilTime(unixSeconds: Int64(date.timeIntervalSince1970.rounded(.down)))
    return "\(time.weekdayName) \(time.monthName) \(time.day) \(time.clock) UTC \(time.year)"
  }

  /// The moment that is written exactly like this: with a wrong weekday or a padded day, `nil`.
  package static func moment(_ text: String) -> Date? {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 6, let day = Int(parts[2]), let year = Int(parts[5]),
      let month = CivilTime.monthNames.firstIndex(of: String(parts[1]))
    else { return nil }
    let clock = parts[3].split(separator: ":").compactMap { Int($0) }
    guard clock.count == 3,
      let seconds = CivilTime.unixSeconds(
        year: year, month: month + 1, day: day, hour: clock[0], minute: clock[1], second: clock[2])
    else { return nil }
    let moment = Date(timeIntervalSince1970: Double(seconds))
    return timestamp(moment) == text ? moment : nil
  }

  /// base64(HMAC-SHA256(key, pool name | user id | secret block | timestamp)).
  package static func signature(
    key: [UInt8], poolName: String, userID: String, secretBlock: [UInt8], timestamp: String
  ) -> String {
    let message = Array("\(poolName)\(userID)".utf8) + secretBlock + Array(timestamp.utf8)
    return Base64.encode(HMAC.sha256(key: key, message))
  }
}
