/// The Date header (RFC 9110, section 5.6.7), in its one preferred form: "Sun, 06 Nov 1994 08:49:37 GMT".
package enum HTTPDate {
  package static func text(unixSeconds: Int64) -> String {
    let time = CivilTime(unixSeconds: unixSeconds)
    let date = "\(CivilTime.twoDigits(time.day)) \(time.monthName) \(time.year)"
    return "\(time.weekdayName), \(date) \(time.clock) GMT"
  }

  package static func unixSeconds(_ text: String) -> Int64? {
    let parts = text.split(separator: " ")
    guard parts.count == 6, parts[5] == "GMT", let day = Int(parts[1]),
      let month = CivilTime.monthNames.firstIndex(of: String(parts[2])), let year = Int(parts[3])
    else { return nil }
    let clock = parts[4].split(separator: ":").compactMap { Int($0) }
    guard clock.count == 3 else { return nil }
    return CivilTime.unixSeconds(
      year: year, month: month + 1, day: day, hour: clock[0], minute: clock[1], second: clock[2])
  }
}
