import COpenSSL

/// Keyed hashes (RFC 2104).
package enum HMAC {
  /// HMAC-SHA256 over the parts one after the other.
  package static func sha256(key: [UInt8], _ parts: [UInt8]...) -> [UInt8] {
    authenticate(key: key, Array(parts.joined()), EVP_sha256(), size: 32)
  }

  /// HMAC-SHA1, for TOTP alone (RFC 6238).
  package static func sha1(key: [UInt8], _ message: [UInt8]) -> [UInt8] {
    authenticate(key: key, message, EVP_sha1(), size: 20)
  }

  private static func authenticate(
    key: [UInt8], _ message: [UInt8], _ algorithm: OpaquePointer?, size: Int
  ) -> [UInt8] {
    var output = [UInt8](repeating: 0, count: size)
    // OpenSSL reads an absent key pointer as "keep the old key"; an empty key must still be a pointer.
    let keyBytes = key.isEmpty ? [0] : key
    let result = COpenSSL.HMAC(algorithm, keyBytes, Int32(key.count), message, message.count, &output, nil)
    precondition(result != nil, "OpenSSL has no working hash provider")
    return output
  }
}
