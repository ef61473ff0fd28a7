/// `application/x-www-form-urlencoded` texts, as OAuth 2.0 uses them in addresses and bodies (RFC 6749, appendix B).
package enum QueryString {
  /// Names and values joined, everything but unreserved characters escaped.
  package static func encode(_ fields: [(name: String, value: String)]) -> String {
    fields.map { escape($0.name) + "=" + escape($0.value) }.joined(separator: "&")
  }

  /// Reads names and values.
  ///
  /// - Returns: `nil` for a bad escape, text that is not UTF-8, or a name that comes twice: with two values for one
  ///   name, two readers may see different ones.
  package static func decode(_ text: some StringProtocol) -> [String: String]? {
    var fields: [String: String] = [:]
    for pair in text.split(separator: "&") {
      let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = unescape(halves[0]), let value = unescape(halves.count > 1 ? halves[1] : ""),
        fields.updateValue(value, forKey: name) == nil
      else { return nil }
    }
    return fields
  }

  /// One name or value with everything but unreserved characters (RFC 3986, section 2.3) escaped.
  package static func escape(_ text: some StringProtocol) -> String {
    var output: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        output.append(byte)
      default:
        output += Array("%\(Hex.encode([byte]).uppercased())".utf8)
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// What one name or value stands for; `nil` for a bad escape, or text that is not UTF-8.
  package static func unescape(_ text: some StringProtocol) -> String? {
    var output: [UInt8] = []
    var bytes = text.utf8.makeIterator()
    while let byte = bytes.next() {
      switch byte {
      case UInt8(ascii: "+"): output.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        guard let high = bytes.next().flatMap(Hex.value), let low = bytes.next().flatMap(Hex.value) else { return nil }
        output.append(high << 4 | low)
      default: output.append(byte)
      }
    }
    return String(validating: output, as: UTF8.self)
  }
}
