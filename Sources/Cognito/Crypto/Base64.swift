/// Base 64 (RFC 4648, sections 4 and 5), strict: one text for one value, no white space, no stray bits.
package enum Base64 {
  private static let standard = Alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
  private static let urlSafe = Alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")

  /// Standard alphabet, padded.
  package static func encode(_ bytes: [UInt8]) -> String {
    let text = standard.encode(bytes)
    return text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
  }

  /// Standard alphabet; padding is needed, other characters are refused.
  package static func decode(_ text: some StringProtocol) -> [UInt8]? {
    let utf8 = Array(text.utf8)
    guard utf8.count.isMultiple(of: 4) else { return nil }
    let padding = utf8.reversed().prefix { $0 == UInt8(ascii: "=") }.count
    guard padding <= 2 else { return nil }
    return standard.decode(utf8.dropLast(padding))
  }

  /// URL-safe alphabet without padding, as JOSE wants it (RFC 7515).
  package static func encodeURL(_ bytes: [UInt8]) -> String {
    urlSafe.encode(bytes)
  }

  /// URL-safe alphabet; padding is refused.
  package static func decodeURL(_ text: some StringProtocol) -> [UInt8]? {
    decodeURL(Array(text.utf8)[...])
  }

  /// The same of text that is still bytes.
  package static func decodeURL(_ utf8: ArraySlice<UInt8>) -> [UInt8]? {
    urlSafe.decode(utf8)
  }

  /// Either alphabet, padded or not: for values from services that are not consistent (a SECRET_BLOCK).
  package static func decodeLenient(_ text: some StringProtocol) -> [UInt8]? {
    var utf8 = Array(text.utf8)
    while utf8.last == UInt8(ascii: "=") { utf8.removeLast() }
    let mapped = utf8.map { byte -> UInt8 in
      switch byte {
      case UInt8(ascii: "-"): UInt8(ascii: "+")
      case UInt8(ascii: "_"): UInt8(ascii: "/")
      default: byte
      }
    }
    return standard.decode(mapped[...])
  }

  private struct Alphabet: Sendable {
    let symbols: [UInt8]
    /// 255 marks a byte outside the alphabet.
    let values: [UInt8]

    init(_ text: String) {
      symbols = Array(text.utf8)
      var values = [UInt8](repeating: 255, count: 256)
      for (index, symbol) in symbols.enumerated() { values[Int(symbol)] = UInt8(index) }
      self.values = values
    }

    func encode(_ bytes: [UInt8]) -> String {
      var output: [UInt8] = []
      output.reserveCapacity((bytes.count * 4 + 2) / 3)
      var buffer: UInt32 = 0
      var bits = 0
      for byte in bytes {
        buffer = buffer << 8 | UInt32(byte)
        bits += 8
        while bits >= 6 {
          bits -= 6
          output.append(symbols[Int(buffer >> bits & 63)])
        }
      }
      if bits > 0 { output.append(symbols[Int(buffer << (6 - bits) & 63)]) }
      return String(decoding: output, as: UTF8.self)
    }

    func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
      guard text.count % 4 != 1 else { return nil }
      var output: [UInt8] = []
      output.reserveCapacity(text.count * 3 / 4)
      var buffer: UInt32 = 0
      var bits = 0
      for symbol in text {
        let value = values[Int(symbol)]
        guard value != 255 else { return nil }
        buffer = buffer << 6 | UInt32(value)
        bits += 6
        if bits >= 8 {
          bits -= 8
          output.append(UInt8(truncatingIfNeeded: buffer >> bits))
        }
      }
      // Bits left over must be zero, or two texts would mean the same bytes.
      guard buffer & (1 << bits - 1) == 0 else { return nil }
      return output
    }
  }
}
