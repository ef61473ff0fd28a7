import Cognito

/// An authenticator in software: makes passkeys and signs with them, as honestly or dishonestly as a test asks for.
package final class SoftAuthenticator {
  /// What to do otherwise than an honest authenticator and browser.
  package struct Cheat {
    package var origin = "https://app.example.com"
    package var relyingPartyID: String?
    package var challenge: String?
    package var type: String?
    package var crossOrigin: JSONValue = false
    /// User present and verified.
    package var flags: UInt8 = 0x05
    package var signCount: UInt32?
    package var format = "none"
    package var statement: [(String, [UInt8])] = []
    package var publicKey: [UInt8]?
    package var credentialID: [UInt8]?
    package var userHandle: JSONValue?
    /// Bytes after the authenticator data.
    package var trailing: [UInt8] = []
    /// Changes the attestation object, or the signature.
    package var garble: ([UInt8]) -> [UInt8] = { $0 }
    package var transports: JSONValue = ["internal", "hybrid"]
    package var attachment: JSONValue = "platform"

    package init() {}
  }

  package let id: [UInt8]
  package let key: SigningKey
  package private(set) var signCount: UInt32 = 0
  package var userHandle: String?
  /// 0 for an authenticator that doesn't count.
  package var step: UInt32 = 1

  package init(_ key: SigningKey = SigningKey(.p256), id: [UInt8] = SecureRandom.bytes(32)) {
    self.key = key
    self.id = id
  }

  /// RegistrationResponseJSON for what StartWebAuthnRegistration gave.
  package func create(_ options: JSONValue?, _ cheat: Cheat = Cheat()) -> JSONValue {
    userHandle = options?["user"]?["id"]?.string
    let id = cheat.credentialID ?? id
    let clientData = clientData("webauthn.create", options, cheat)
    let data =
      authenticatorData(
        cheat.relyingPartyID ?? options?["rp"]?["id"]?.string, flags: cheat.flags | 0x40, cheat.signCount ?? signCount)
      + [UInt8](repeating: 0, count: 16) + [UInt8(id.count >> 8), UInt8(id.count & 0xFF)] + id
      + (cheat.publicKey ?? key.cose) + cheat.trailing
    let statement =
      cheat.format == "packed-self"
      ? CBORText.map([
        ("alg", CBORText.int(key.algorithm)),
        ("sig", CBORText.bytes(cheat.garble(key.sign(data + Digest.sha256(clientData))))),
      ]) : CBORText.map(cheat.statement)
    let object = CBORText.map([
      ("fmt", CBORText.text(cheat.format == "packed-self" ? "packed" : cheat.format)), ("attStmt", statement),
      ("authData", CBORText.bytes(data)),
    ])
    return response(
      id,
      [
        "clientDataJSON": text(clientData),
        "attestationObject": text(cheat.format == "packed-self" ? object : cheat.garble(object)),
        "transports": cheat.transports,
      ], cheat)
  }

  /// AuthenticationResponseJSON, as text, for CREDENTIAL_REQUEST_OPTIONS.
  package func get(_ options: JSONValue?, _ cheat: Cheat = Cheat()) -> String {
    signCount += step
    let clientData = clientData("webauthn.get", options, cheat)
    let data =
      authenticatorData(
        cheat.relyingPartyID ?? options?["rpId"]?.string, flags: cheat.flags, cheat.signCount ?? signCount)
      + cheat.trailing
    let answer = response(
      cheat.credentialID ?? id,
      [
        "clientDataJSON": text(clientData), "authenticatorData": text(data),
        "signature": text(cheat.garble(key.sign(data + Digest.sha256(clientData)))),
        "userHandle": cheat.userHandle ?? userHandle.map { .string($0) } ?? .null,
      ], cheat)
    return String(decoding: answer.serialized(), as: UTF8.self)
  }

  private func clientData(_ type: String, _ options: JSONValue?, _ cheat: Cheat) -> [UInt8] {
    JSONValue.object([
      "type": .string(cheat.type ?? type),
      "challenge": .string(cheat.challenge ?? options?["challenge"]?.string ?? ""), "origin": .string(cheat.origin),
      "crossOrigin": cheat.crossOrigin,
    ]).serialized()
  }

  private func authenticatorData(_ relyingPartyID: String?, flags: UInt8, _ count: UInt32) -> [UInt8] {
    Digest.sha256(Array((relyingPartyID ?? "").utf8)) + [flags]
      + (0..<4).map { UInt8(truncatingIfNeeded: count >> (24 - 8 * $0)) }
  }

  private func response(_ id: [UInt8], _ members: [String: JSONValue], _ cheat: Cheat) -> JSONValue {
    [
      "id": text(id), "rawId": text(id), "type": "public-key", "response": .object(members),
      "authenticatorAttachment": cheat.attachment, "clientExtensionResults": [:],
    ]
  }

  private func text(_ bytes: [UInt8]) -> JSONValue { .string(Base64.encodeURL(bytes)) }
}

/// Writes the CBOR that authenticators write.
package enum CBORText {
  package static func head(_ major: UInt8, _ count: Int) -> [UInt8] {
    switch count {
    case 0..<24: [major << 5 | UInt8(count)]
    case 24..<256: [major << 5 | 24, UInt8(count)]
    default: [major << 5 | 25, UInt8(count >> 8), UInt8(count & 0xFF)]
    }
  }

  package static func int(_ value: Int64) -> [UInt8] { value < 0 ? head(1, Int(-1 - value)) : head(0, Int(value)) }
  package static func bytes(_ value: [UInt8]) -> [UInt8] { head(2, value.count) + value }
  package static func text(_ value: String) -> [UInt8] { head(3, value.utf8.count) + Array(value.utf8) }

  /// Members in the order given; values are written already.
  package static func map(_ members: [(String, [UInt8])]) -> [UInt8] {
    head(5, members.count) + members.flatMap { text($0.0) + $0.1 }
  }

  package static func map(_ members: [(Int64, [UInt8])]) -> [UInt8] {
    head(5, members.count) + members.flatMap { int($0.0) + $0.1 }
  }
}
