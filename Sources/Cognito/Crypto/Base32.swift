/// Base 32 (RFC 4648, section 6) as authenticator apps use it: written without padding, read in either case,
/// with padding and spaces allowed, because people type it.
package enum Base32 {
  private static let symbols = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

  package static func encode(_ bytes: [UInt8]) -> String {
    var output: [UInt8] = []
    var buffer: UInt32 = 0
    var bits = 0
    for byte in bytes {
      buffer = buffer << 8 | UInt32(byte)
      bits += 8
      while bits >= 5 {
        bits -= 5
        output.append(symbols[Int(buffer >> bits & 31)])
      }
    }
    if bits > 0 { output.append(symbols[Int(buffer << (5 - bits) & 31)]) }
    return String(decoding: output, as: UTF8.self)
  }

  /// `nil` for anything outside the alphabet. Left-over bits are dropped, as authenticator apps do.
  package static func decode(_ text: some StringProtocol) -> [UInt8]? {
    var utf8 = text.utf8.filter { $0 != UInt8(ascii: " ") }
    while utf8.last == UInt8(ascii: "=") { utf8.removeLast() }
    var output: [UInt8] = []
    var buffer: UInt32 = 0
    var bits = 0
    for symbol in utf8 {
      let value: UInt8
      switch symbol {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = symbol - UInt8(ascii: "A")
      case UInt8(ascii: "a")...UInt8(ascii: "z"): value = symbol - UInt8(ascii: "a")
      case UInt8(ascii: "2")...UInt8(ascii: "7"): value = symbol - UInt8(ascii: "2") + 26
      default: return nil
      }
      buffer = buffer << 5 | UInt32(value)
      bits += 5
      if bits >= 8 {
        bits -= 8
        output.append(UInt8(truncatingIfNeeded: buffer >> bits))
      }
    }
    return output
  }
}
