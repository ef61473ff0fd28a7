import FoundationEssentials

/// Moments as AWS writes them in credentials: ISO 8601, in UTC or with an offset, with or without a fraction.
package enum AWSTimestamp {
  package static func parse(_ text: String) -> Date? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
      let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8..<10]),
      let hour = number(bytes[11..<13]), let minute = number(bytes[14..<16]), let second = number(bytes[17..<19]),
      let seconds = CivilTime.unixSeconds(
        year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    else { return nil }
    var rest = bytes[19...]
    // Fractions of a second don't matter for an expiry.
    if rest.first == UInt8(ascii: ".") { rest = rest.dropFirst().drop { (0x30...0x39).contains($0) } }
    guard let offset = offset(rest) else { return nil }
    return Date(timeIntervalSince1970: Double(seconds - offset))
  }

  private static func offset(_ text: ArraySlice<UInt8>) -> Int64? {
    if text.elementsEqual("Z".utf8) { return 0 }
    guard text.count == 6 || text.count == 5, let sign = text.first, sign == 0x2b || sign == 0x2d,
      let hours = number(text.dropFirst().prefix(2)), let minutes = number(text.suffix(2)),
      text.count == 5 || text[text.startIndex + 3] == UInt8(ascii: ":"), hours < 24, minutes < 60
    else { return nil }
    return Int64(hours * 3600 + minutes * 60) * (sign == 0x2b ? 1 : -1)
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }
}
