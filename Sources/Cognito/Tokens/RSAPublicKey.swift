import COpenSSL

/// A public key for RS256 (RSASSA-PKCS1-v1_5 with SHA-256, RFC 7518 section 3.3).
package struct RSAPublicKey: Sendable {
  private let storage: Storage

  /// Owns a context in which a verification with the key is begun.
  ///
  /// `@unchecked Sendable`: the context is never changed after `init`; every verification works on a copy of it.
  private final class Storage: @unchecked Sendable {
    let begun: OpaquePointer

    init(_ begun: OpaquePointer) { self.begun = begun }

    deinit { EVP_MD_CTX_free(begun) }
  }

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
    // The context keeps a reference of its own.
    defer { EVP_PKEY_free(key) }
    guard let begun = EVP_MD_CTX_new() else { outOfMemory() }
    storage = Storage(begun)
    guard EVP_DigestVerifyInit(begun, nil, EVP_sha256(), nil, key) == 1 else { return nil }
  }

  /// Whether `signature` is this key's over SHA-256 of `message`.
  package func verifiesSHA256(signature: [UInt8], message: ArraySlice<UInt8>) -> Bool {
    guard let context = EVP_MD_CTX_new() else { outOfMemory() }
    defer { EVP_MD_CTX_free(context) }
    // OpenSSL looks algorithms up by name when a verification begins; a copy saves that for every token.
    let isValid =
      EVP_MD_CTX_copy_ex(context, storage.begun) == 1
      && message.withUnsafeBufferPointer {
        EVP_DigestVerify(context, signature, signature.count, $0.baseAddress, $0.count) == 1
      }
    // A failed check leaves entries in this thread's error queue, which nobody will read.
    if !isValid { ERR_clear_error() }
    return isValid
  }
}
