import COpenSSL

/// A public key for RS256 (RSASSA-PKCS1-v1_5 with SHA-256, RFC 7518 section 3.3).
package struct RSAPublicKey: Sendable {
  private let key: VerificationKey

  /// - Parameters:
  ///   - modulus: n, big-endian; 2048 to 8192 bits.
  ///   - exponent: e, big-endian; odd, at least 3, at most 32 bits.
  /// - Returns: `nil` when either is out of its range.
  package init?(modulus: [UInt8], exponent: [UInt8]) {
    let n = BigNumber(bytes: modulus)
    let e = BigNumber(bytes: exponent)
    guard (2048...8192).contains(n.bitWidth), n.bytes.last.map({ $0 & 1 == 1 }) == true,
      (2...32).contains(e.bitWidth), e.bytes.last.map({ $0 & 1 == 1 }) == true
    else { return nil }
    guard let key = copenssl_rsa_public_key(n.storage.pointer, e.storage.pointer) else { return nil }
    defer { EVP_PKEY_free(key) }
    guard let verification = VerificationKey(key) else { return nil }
    self.key = verification
  }

  /// Whether `signature` is this key's over SHA-256 of `message`.
  package func verifiesSHA256(signature: [UInt8], message: ArraySlice<UInt8>) -> Bool {
    key.verifiesSHA256(signature: signature, message: message)
  }
}
