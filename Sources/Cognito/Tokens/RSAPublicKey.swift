import COpenSSL

/// A public key for RS256 (RSASSA-PKCS1-v1_5 with SHA-256, RFC 7518 section 3.3).
package struct RSAPublicKey: Sendable {
  private let storage: Storage

  /// Owns one EVP_PKEY.
  ///
  /// `@unchecked Sendable`: the key is never changed after `init`, and every verification has its own context.
  private final class Storage: @unchecked Sendable {
    let key: OpaquePointer

    init(_ key: OpaquePointer) { self.key = key }

    deinit { EVP_PKEY_free(key) }
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
    storage = Storage(key)
  }

  /// Whether `signature` is this key's over SHA-256 of `message`.
  package func verifiesSHA256(signature: [UInt8], message: ArraySlice<UInt8>) -> Bool {
    guard let context = EVP_MD_CTX_new() else { outOfMemory() }
    defer {
      EVP_MD_CTX_free(context)
      // A failed check leaves entries in this thread's error queue, which nobody will read.
      ERR_clear_error()
    }
    guard EVP_DigestVerifyInit(context, nil, EVP_sha256(), nil, storage.key) == 1 else { return false }
    return message.withUnsafeBytes { bytes in
      EVP_DigestVerify(
        context, signature, signature.count, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count) == 1
    }
  }
}
