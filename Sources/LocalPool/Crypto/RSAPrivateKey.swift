import COpenSSL
import Cognito

/// An RSA key that signs tokens (RS256, RFC 7518 section 3.3).
///
/// `@unchecked Sendable`: an EVP_PKEY that nobody changes may be used by several threads at once (OpenSSL 3, "Thread
/// safety"); it is never changed after it was made.
package final class RSAPrivateKey: @unchecked Sendable {
  private let key: OpaquePointer

  private init(taking key: OpaquePointer) {
    self.key = key
  }

  deinit {
    EVP_PKEY_free(key)
  }

  /// A fresh key of 2048 bits, as Cognito's are.
  package static func generate() -> RSAPrivateKey? {
    guard let context = EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, nil) else { return nil }
    defer { EVP_PKEY_CTX_free(context) }
    guard EVP_PKEY_keygen_init(context) == 1, EVP_PKEY_CTX_set_rsa_keygen_bits(context, 2048) == 1 else { return nil }
    var made: OpaquePointer?
    guard EVP_PKEY_generate(context, &made) == 1, let made else { return nil }
    return RSAPrivateKey(taking: made)
  }

  /// Reads what ``pem()`` wrote.
  package static func read(pem: [UInt8]) -> RSAPrivateKey? {
    guard let source = BIO_new_mem_buf(pem, Int32(pem.count)) else { return nil }
    defer { BIO_free(source) }
    guard let key = PEM_read_bio_PrivateKey(source, nil, nil, nil) else { return nil }
    return RSAPrivateKey(taking: key)
  }

  /// PKCS#8, PEM, not encrypted: the file that it goes to is for the pool's own user alone.
  package func pem() -> [UInt8]? {
    guard let sink = BIO_new(BIO_s_mem()) else { return nil }
    defer { BIO_free(sink) }
    guard PEM_write_bio_PKCS8PrivateKey(sink, key, nil, nil, 0, nil, nil) == 1 else { return nil }
    var text = [UInt8](repeating: 0, count: 8192)
    let count = BIO_read(sink, &text, Int32(text.count))
    guard count > 0, count < text.count else { return nil }
    return Array(text.prefix(Int(count)))
  }

  /// RSASSA-PKCS1-v1_5 with SHA-256.
  package func sign(_ message: [UInt8]) -> [UInt8]? {
    guard let context = EVP_MD_CTX_new() else { return nil }
    defer { EVP_MD_CTX_free(context) }
    guard EVP_DigestSignInit(context, nil, EVP_sha256(), nil, key) == 1 else { return nil }
    var length = 0
    guard EVP_DigestSign(context, nil, &length, message, message.count) == 1 else { return nil }
    var signature = [UInt8](repeating: 0, count: length)
    guard EVP_DigestSign(context, &signature, &length, message, message.count) == 1 else { return nil }
    return Array(signature.prefix(length))
  }

  /// Whether `signature` is one of this key's over `message`.
  package func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
    guard let context = EVP_MD_CTX_new() else { return false }
    defer { EVP_MD_CTX_free(context) }
    guard EVP_DigestVerifyInit(context, nil, EVP_sha256(), nil, key) == 1 else { return false }
    return EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
  }

  /// The public modulus and exponent, big-endian.
  package func publicParts() -> (modulus: [UInt8], exponent: [UInt8])? {
    guard let modulus = parameter(OSSL_PKEY_PARAM_RSA_N), let exponent = parameter(OSSL_PKEY_PARAM_RSA_E) else {
      return nil
    }
    return (modulus, exponent)
  }

  private func parameter(_ name: String) -> [UInt8]? {
    var number: OpaquePointer?
    guard EVP_PKEY_get_bn_param(key, name, &number) == 1, let number else { return nil }
    defer { BN_free(number) }
    var bytes = [UInt8](repeating: 0, count: Int((BN_num_bits(number) + 7) / 8))
    BN_bn2bin(number, &bytes)
    return bytes
  }
}
