/// Key derivation (RFC 5869) with SHA-256.
package enum HKDF {
  /// - Parameters:
  ///   - inputKey: the input keying material.
  ///   - count: bytes wanted, at most 255 × 32.
  package static func sha256(inputKey: [UInt8], salt: [UInt8], info: [UInt8], count: Int) -> [UInt8] {
    precondition(count >= 0 && count <= 255 * 32)
    let pseudorandomKey = HMAC.sha256(key: salt, inputKey)
    var output: [UInt8] = []
    var block: [UInt8] = []
    var counter: UInt8 = 1
    while output.count < count {
      block = HMAC.sha256(key: pseudorandomKey, block, info, [counter])
      output += block
      counter &+= 1
    }
    return Array(output.prefix(count))
  }
}
