import COpenSSL
import Cognito

/// Seals state that a client carries between two calls (`Session`, `SECRET_BLOCK`, pagination tokens): AES-256-GCM, so that
/// the client can neither read nor change it.
package struct StateSealer: Sendable {
  private static let nonceLength = 12
  private static let tagLength = 16

  private let key: [UInt8]
  private let random: Randomness

  /// - Parameter key: 32 bytes. The pool keeps it: a sign-in that was half-way goes on after a restart.
  package init(key: [UInt8], random: Randomness) {
    precondition(key.count == 32, "AES-256 takes a key of 32 bytes")
    self.key = key
    self.random = random
  }

  /// - Parameters:
  ///   - label: what the state is for; it must be named again to open it.
  package func seal(_ plain: [UInt8], label: String) -> [UInt8] {
    let nonce = random.bytes(Self.nonceLength)
    guard let (cipher, tag) = run(encrypt: true, plain, nonce: nonce, label: label, tag: nil) else {
      // OpenSSL refuses AES-GCM only when memory is gone or the provider is broken: an empty state opens for nobody.
      return []
    }
    return nonce + cipher + tag
  }

  /// Nil for anything that ``seal(_:label:)`` didn't make under this key and label.
  package func open(_ sealed: [UInt8], label: String) -> [UInt8]? {
    guard sealed.count >= Self.nonceLength + Self.tagLength else { return nil }
    let nonce = Array(sealed.prefix(Self.nonceLength))
    let tag = Array(sealed.suffix(Self.tagLength))
    let cipher = Array(sealed.dropFirst(Self.nonceLength).dropLast(Self.tagLength))
    return run(encrypt: false, cipher, nonce: nonce, label: label, tag: tag)?.output
  }

  /// A mark on something that isn't secret, by which we know it again (HMAC-SHA256).
  package func mark(_ bytes: [UInt8], label: String) -> [UInt8] {
    // The label and a NUL, which no label has, so that no two labels can give the same message.
    HMAC.sha256(key: key, Array(label.utf8) + [0], bytes)
  }

  private func run(
    encrypt: Bool, _ input: [UInt8], nonce: [UInt8], label: String, tag: [UInt8]?
  ) -> (output: [UInt8], tag: [UInt8])? {
    guard let context = EVP_CIPHER_CTX_new() else { return nil }
    defer { EVP_CIPHER_CTX_free(context) }
    let direction: Int32 = encrypt ? 1 : 0
    guard EVP_CipherInit_ex2(context, EVP_aes_256_gcm(), key, nonce, direction, nil) == 1 else { return nil }
    var length: Int32 = 0
    let associated = Array(label.utf8)
    guard EVP_CipherUpdate(context, nil, &length, associated, Int32(associated.count)) == 1 else { return nil }
    var output = [UInt8](repeating: 0, count: input.count)
    if !input.isEmpty {
      guard EVP_CipherUpdate(context, &output, &length, input, Int32(input.count)) == 1 else { return nil }
    }
    if var tag {
      guard
        EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, Int32(tag.count), &tag) == 1
      else { return nil }
    }
    var rest = [UInt8](repeating: 0, count: 16)
    guard EVP_CipherFinal_ex(context, &rest, &length) == 1 else { return nil }
    guard encrypt else { return (output, []) }
    var made = [UInt8](repeating: 0, count: Self.tagLength)
    guard EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, Int32(made.count), &made) == 1 else { return nil }
    return (output, made)
  }
}
