import COpenSSL
import Cognito

/// A public key for ECDSA on the curve P-256 with SHA-256 (FIPS 186-5).
package struct P256PublicKey: Sendable {
  private let key: VerificationKey

  /// What stands before an uncompressed point in a SubjectPublicKeyInfo (RFC 5480): the algorithm, the curve, the lengths.
  private static let prefix: [UInt8] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE,
    0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
  ]

  /// - Parameters:
  ///   - x: 32 bytes, big-endian.
  ///   - y: 32 bytes, big-endian.
  /// - Returns: `nil` when they aren't the coordinates of a point on the curve.
  package init?(x: [UInt8], y: [UInt8]) {
    guard x.count == 32, y.count == 32 else { return nil }
    defer { ERR_clear_error() }
    let info = Self.prefix + x + y
    let key = info.withUnsafeBufferPointer { bytes -> OpaquePointer? in
      var start = bytes.baseAddress
      return d2i_PUBKEY(nil, &start, bytes.count)
    }
    guard let key else { return nil }
    defer { EVP_PKEY_free(key) }
    guard let context = EVP_PKEY_CTX_new(key, nil) else { outOfMemory() }
    defer { EVP_PKEY_CTX_free(context) }
    guard EVP_PKEY_public_check(context) == 1, let verification = VerificationKey(key) else { return nil }
    self.key = verification
  }

  /// Whether `signature` (ASN.1, DER) is this key's over SHA-256 of `message`.
  package func verifiesSHA256(signature: [UInt8], message: ArraySlice<UInt8>) -> Bool {
    key.verifiesSHA256(signature: signature, message: message)
  }
}
