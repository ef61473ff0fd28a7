import Cognito

/// A credential's public key, read from COSE's form (RFC 9052 section 7, RFC 9053, RFC 8230).
package enum CredentialPublicKey: Sendable {
  case es256(P256PublicKey)
  case rs256(RSAPublicKey)

  /// The algorithms that registrations are asked for, as Cognito asks: COSE's numbers, the preferred one first.
  package static let algorithms: [Int64] = [-7, -257]

  /// - Throws: ``WebAuthnFailure/notSupported(_:)`` for another algorithm, ``WebAuthnFailure/malformed(_:)`` for a key that is
  ///   none, e.g. a point that isn't on the curve.
  package init(cose bytes: [UInt8]) throws(WebAuthnFailure) {
    guard let key = try CBORDecoder.decode(bytes).map, let algorithm = key[Label.algorithm]?.int else {
      throw Self.malformed
    }
    switch algorithm {
    case -7: self = .es256(try Self.p256(key))
    case -257: self = .rs256(try Self.rsa(key))
    default: throw .notSupported("the algorithm \(algorithm)")
    }
  }

  /// COSE's number for the algorithm.
  package var algorithm: Int64 {
    switch self {
    case .es256: -7
    case .rs256: -257
    }
  }

  package func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
    switch self {
    case .es256(let key): key.verifiesSHA256(signature: signature, message: message[...])
    case .rs256(let key): key.verifiesSHA256(signature: signature, message: message[...])
    }
  }

  private enum Label {
    static let keyType = CBOR.int(1)
    static let algorithm = CBOR.int(3)
    // Elliptic curves.
    static let curve = CBOR.int(-1)
    static let x = CBOR.int(-2)
    static let y = CBOR.int(-3)
    // RSA.
    static let modulus = CBOR.int(-1)
    static let exponent = CBOR.int(-2)
  }

  private static let malformed = WebAuthnFailure.malformed("the public key")

  /// Key type 2, curve 1, an uncompressed point; nothing besides (WebAuthn Level 3, section 5.8.5).
  private static func p256(_ key: [CBOR: CBOR]) throws(WebAuthnFailure) -> P256PublicKey {
    guard
      key.count == 5, key[Label.keyType] == .int(2), key[Label.curve] == .int(1), let x = key[Label.x]?.bytes,
      let y = key[Label.y]?.bytes, let point = P256PublicKey(x: x, y: y)
    else { throw malformed }
    return point
  }

  /// Key type 3, modulus and exponent; nothing besides.
  private static func rsa(_ key: [CBOR: CBOR]) throws(WebAuthnFailure) -> RSAPublicKey {
    guard
      key.count == 4, key[Label.keyType] == .int(3), let modulus = key[Label.modulus]?.bytes,
      let exponent = key[Label.exponent]?.bytes, let rsa = RSAPublicKey(modulus: modulus, exponent: exponent)
    else { throw malformed }
    return rsa
  }
}
