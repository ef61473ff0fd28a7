/// A moment as year, month, day and time in UTC, by arithmetic alone: no locale, no time-zone data, no calendar
/// object can change what a signature covers.
package struct CivilTime: Sendable, Equatable {
  /// Days since 1 January 1970.
  package let dayNumber: Int64
  package let year: Int
  package let month: Int
  package let day: Int
  package let hour: Int
  package let minute: Int
  package let second: Int

  package init(unixSeconds: Int64) {
    var (days, rest) = unixSeconds.quotientAndRemainder(dividingBy: 86400)
    if rest < 0 {
      days -= 1
      rest += 86400
    }
    dayNumber = days
    hour = Int(rest / 3600)
    minute = Int(rest / 60 % 60)
    second = Int(rest % 60)
    // Years are counted from March, so that the leap day comes last, in eras of 400 years (146,097 days).
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = Int(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    month = Int(shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9)
    year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
  }

  /// As dates in protocols have them, whatever the process's locale.
  package static let monthNames = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  package var monthName: String { Self.monthNames[month - 1] }

  package var weekdayName: String {
    // The first day of 1970 was a Thursday.
    ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][Int((dayNumber % 7 + 7) % 7)]
  }

  /// `HH:mm:ss`
  package var clock: String { [hour, minute, second].map(Self.twoDigits).joined(separator: ":") }

  package static func twoDigits(_ value: Int) -> String {
    value < 10 ? "0\(value)" : "\(value)"
  }

  /// Seconds since 1970 of a UTC moment; `nil` when a field is out of its range.
  package static func unixSeconds(
    year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0
  ) -> Int64? {
    guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day), (0...23).contains(hour),
      (0...59).contains(minute), (0...60).contains(second)
    else { return nil }
    let shiftedYear = Int64(month <= 2 ? year - 1 : year)
    let era = shiftedYear / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = Int64((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1)
    let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    return days * 86400 + Int64(hour * 3600 + minute * 60 + second)
  }
}
