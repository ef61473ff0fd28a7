import Cognito

/// UUIDs as text, from bytes of our own choosing.
package enum UUIDText {
  /// The text of a UUID made of 16 bytes, with its version and variant bits set (RFC 9562).
  package static func text(_ bytes: [UInt8], version: UInt8) -> String {
    var bytes = Array(bytes.prefix(16))
    guard bytes.count == 16 else { return "" }
    bytes[6] = bytes[6] & 0x0F | version << 4
    bytes[8] = bytes[8] & 0x3F | 0x80
    let hex = Hex.encode(bytes)
    var text = ""
    for (index, character) in hex.enumerated() {
      if index == 8 || index == 12 || index == 16 || index == 20 { text.append("-") }
      text.append(character)
    }
    return text
  }
}
