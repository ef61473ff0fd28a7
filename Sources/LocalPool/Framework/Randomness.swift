import Cognito

/// Where the pool's random bytes come from: the system's generator, or a test's.
package struct Randomness: Sendable {
  /// So many unpredictable bytes.
  package let bytes: @Sendable (Int) -> [UInt8]

  package static let system = Randomness { SecureRandom.bytes($0) }

  package init(bytes: @escaping @Sendable (Int) -> [UInt8]) {
    self.bytes = bytes
  }

  /// A random UUID (RFC 9562, version 4) in small letters.
  package func uuid() -> String { UUIDText.text(bytes(16), version: 4) }

  /// Six decimal digits, each value equally likely.
  package func code() -> String {
    while true {
      let number = bytes(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      // 4294 whole millions fit in 32 bits; what lies above would favour the small codes.
      guard number < 4_294_000_000 else { continue }
      let digits = String(number % 1_000_000)
      return String(repeating: "0", count: 6 - digits.count) + digits
    }
  }

  /// Text of `count` characters drawn evenly from `alphabet` (at most 256 of them).
  package func text(_ count: Int, from alphabet: String) -> String {
    let characters = Array(alphabet)
    let limit = 256 - 256 % characters.count
    var text = ""
    var drawn = 0
    while drawn < count {
      for byte in bytes(count) where Int(byte) < limit && drawn < count {
        text.append(characters[Int(byte) % characters.count])
        drawn += 1
      }
    }
    return text
  }
}
