import Cognito

/// The server's half of SRP-6a, Cognito variant: it knows salt and verifier, never the password.
package enum SRPServer {
  /// The server's answer to SRP_A.
  package struct Exchange: Sendable {
    /// B = k·v + g^b mod N.
    package let publicB: BigNumber
    /// What a client with the right password will have computed as well.
    package let sessionKey: [UInt8]
  }

  /// - Parameters:
  ///   - publicA: the client's SRP_A, already known to be no multiple of N.
  ///   - b: fresh random bytes, 32 of them: twice the strength of the group, as RFC 5054 section 2.5.3 asks for.
  /// - Returns: nil when u would be 0, or B a multiple of N: draw again.
  package static func exchange(publicA: BigNumber, verifier: BigNumber, b: [UInt8]) -> Exchange? {
    let secretB = BigNumber(bytes: b)
    let n = SRPGroup.n
    let publicB = SRPGroup.k.multiplying(by: verifier, modulo: n)
      .adding(SRPGroup.powerOfG(secretB), modulo: n)
    guard !publicB.isZero else { return nil }
    let u = SRP.u(publicA: publicA, publicB: publicB)
    guard !u.isZero else { return nil }
    // S = (A · v^u)^b
    let base = publicA.multiplying(by: SRPGroup.power(verifier, u), modulo: n)
    let shared = SRPGroup.power(base, secretB)
    return Exchange(publicB: publicB, sessionKey: SRP.sessionKey(sharedS: shared, u: u))
  }

  /// Reads SRP_A; nil for anything but hexadecimal digits, and for a multiple of N, with which anyone could sign in.
  package static func publicValue(hex: String) -> BigNumber? {
    guard let value = BigNumber(hex: hex), SRP.isAcceptable(publicValue: value) else { return nil }
    return value
  }
}

extension PasswordVerifier {
  /// The salt and verifier to store for a new password.
  ///
  /// - Parameters:
  ///   - poolName: the pool's id after its first `_`.
  ///   - userID: the real username, which clients get as USER_ID_FOR_SRP.
  package static func make(
    password: Secret, poolName: String, userID: String, random: Randomness
  ) -> PasswordVerifier {
    let salt = BigNumber(bytes: random.bytes(16))
    let x = SRP.x(poolName: poolName, userID: userID, password: password, salt: salt)
    return PasswordVerifier(salt: salt.bytes, verifier: SRP.verifier(x: x).bytes)
  }

  /// Whether this is the password: for the flows that send it in clear.
  package func matches(_ password: Secret, poolName: String, userID: String) -> Bool {
    let x = SRP.x(poolName: poolName, userID: userID, password: password, salt: BigNumber(bytes: salt))
    return SRP.verifier(x: x) == BigNumber(bytes: verifier)
  }
}
