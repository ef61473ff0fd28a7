import SystemSupport

/// The formulas of SRP-6a as Cognito computes them, for both sides. Everything that is hashed is written by
/// ``BigNumber/padded``.
package enum SRP {
  /// x = SHA256(pad(salt) | SHA256(pool name | user id | ":" | password)).
  ///
  /// - Parameters:
  ///   - poolName: the user pool's id after its first `_`; for a device, the device group key.
  ///   - userID: USER_ID_FOR_SRP; for a device, the device key.
  package static func x(poolName: String, userID: String, password: Secret, salt: BigNumber) -> BigNumber {
    var passwordBytes = password.bytes
    defer { wipe(&passwordBytes) }
    let identity = Digest.sha256(Array("\(poolName)\(userID):".utf8), passwordBytes)
    return BigNumber(bytes: Digest.sha256(salt.padded, identity))
  }

  /// v = g^x mod N, all that a server stores.
  package static func verifier(x: BigNumber) -> BigNumber {
    SRPGroup.powerOfG(x)
  }

  /// u = SHA256(pad(A) | pad(B)).
  package static func u(publicA: BigNumber, publicB: BigNumber) -> BigNumber {
    BigNumber(bytes: Digest.sha256(publicA.padded, publicB.padded))
  }

  /// The first 16 bytes of HKDF-SHA256 over pad(S), salted with pad(u).
  package static func sessionKey(sharedS: BigNumber, u: BigNumber) -> [UInt8] {
    var inputKey = sharedS.padded
    defer { wipe(&inputKey) }
    return HKDF.sha256(inputKey: inputKey, salt: u.padded, info: Array("Caldera Derived Key".utf8), count: 16)
  }

  /// Whether a peer's public value may be used: a multiple of N would let anyone in without the password.
  package static func isAcceptable(publicValue: BigNumber) -> Bool {
    !publicValue.reduced(modulo: SRPGroup.n).isZero
  }
}
