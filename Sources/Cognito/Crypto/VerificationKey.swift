import COpenSSL

/// A public key of any kind, for signatures over SHA-256: a context in which a verification with it is begun.
///
/// `@unchecked Sendable`: the context is never changed after `init`; every verification works on a copy of it.
package final class VerificationKey: @unchecked Sendable {
  private let begun: OpaquePointer

  /// - Parameter key: an EVP_PKEY, which stays the caller's: the context keeps a reference of its own.
  /// - Returns: `nil` for a key that can't sign.
  package init?(_ key: OpaquePointer) {
    guard let begun = EVP_MD_CTX_new() else { outOfMemory() }
    self.begun = begun
    guard EVP_DigestVerifyInit(begun, nil, EVP_sha256(), nil, key) == 1 else { return nil }
  }

  deinit { EVP_MD_CTX_free(begun) }

  /// Whether `signature` is this key's over SHA-256 of `message`.
  package func verifiesSHA256(signature: [UInt8], message: ArraySlice<UInt8>) -> Bool {
    guard let context = EVP_MD_CTX_new() else { outOfMemory() }
    defer { EVP_MD_CTX_free(context) }
    // OpenSSL looks algorithms up by name when a verification begins; a copy saves that for every token.
    let isValid =
      EVP_MD_CTX_copy_ex(context, begun) == 1
      && message.withUnsafeBufferPointer {
        EVP_DigestVerify(context, signature, signature.count, $0.baseAddress, $0.count) == 1
      }
    // A failed check leaves entries in this thread's error queue, which nobody will read.
    if !isValid { ERR_clear_error() }
    return isValid
  }
}
