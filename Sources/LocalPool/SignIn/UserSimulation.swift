import Cognito

/// Stands in for a user who doesn't exist, when the client may not learn that: the same name gets the same salt and
/// internal id every time (RFC 5054 section 2.5.1.3), and the sign-in then fails like one with a wrong password.
package struct UserSimulation: Sendable {
  private let seed: [UInt8]

  package init(seed: [UInt8]) {
    self.seed = seed
  }

  /// The internal id, a UUID as in pools whose users sign in by e-mail.
  package func userID(poolID: String, name: String) -> String {
    UUIDText.text(derive("id", poolID, name), version: 4)
  }

  /// A salt and verifier of a password that nobody knows. Everything is computed with it as with a real one, so that
  /// the time it takes tells nothing.
  package func verifier(poolID: String, name: String) -> PasswordVerifier {
    let material = HKDF.sha256(
      inputKey: derive("verifier", poolID, name), salt: [], info: Array("verifier".utf8), count: 384)
    let verifier = BigNumber(bytes: material).reduced(modulo: SRPGroup.n)
    return PasswordVerifier(salt: Array(derive("salt", poolID, name).prefix(16)), verifier: verifier.bytes)
  }

  /// The id of a passkey, or nil for the half of the names that have none.
  /// - Parameter userID: what ``userID(poolID:name:)`` gave.
  package func passkeyID(poolID: String, userID: String) -> [UInt8]? {
    let bytes = derive("passkey", poolID, userID)
    // 20 bytes are usual, too.
    return bytes[0] & 1 == 0 ? nil : Array(derive("passkey-id", poolID, userID).prefix(bytes[0] & 2 == 0 ? 32 : 20))
  }

  private func derive(_ what: String, _ poolID: String, _ name: String) -> [UInt8] {
    // A NUL can't be in any of the parts, so no two lists of parts give the same message.
    HMAC.sha256(key: seed, Array("\(what)\0\(poolID)\0\(name)".utf8))
  }
}
