/// The client's half of one SRP exchange. Make a new one for every exchange.
package struct SRPClient: Sendable {
  /// The secret number a.
  package let a: BigNumber
  /// A = g^a mod N, sent as SRP_A.
  package let publicA: BigNumber

  /// Draws a fresh `a` of 256 bits: as many as RFC 5054 (section 2.5.4) asks for at least, and twice the 128 bits of
  /// strength that a group of 3072 bits has (NIST SP 800-57), so that guessing `a` is no easier than the logarithm.
  package init() {
    var a: BigNumber
    repeat { a = BigNumber(bytes: SecureRandom.bytes(32)) } while a.isZero
    self.init(a: a)
  }

  /// Takes a given `a`, for test vectors.
  package init(a: BigNumber) {
    self.a = a
    publicA = SRPGroup.powerOfG(a)
  }

  /// The shared secret S = (B - k·g^x)^(a + u·x) mod N, with u.
  ///
  /// - Throws: ``CognitoError/Code/serverProofRejected`` when B is a multiple of N or u is zero: such a server wants
  ///   to learn something about the password.
  package func shared(publicB: BigNumber, x: BigNumber) throws(CognitoError) -> (s: BigNumber, u: BigNumber) {
    guard SRP.isAcceptable(publicValue: publicB) else {
      throw CognitoError(.serverProofRejected, "The server sent an SRP_B that is a multiple of N.")
    }
    let u = SRP.u(publicA: publicA, publicB: publicB)
    guard !u.isZero else {
      throw CognitoError(.serverProofRejected, "The server's SRP_B makes u zero.")
    }
    let n = SRPGroup.n
    // B - k·g^x is nearly always negative before it is reduced: subtract inside the group.
    let masked = SRPGroup.k.multiplying(by: SRP.verifier(x: x), modulo: n)
    let base = publicB.subtracting(masked, modulo: n)
    return (SRPGroup.power(base, a.adding(u.multiplying(by: x))), u)
  }

  /// The 16-byte key that signs the password claim.
  package func sessionKey(
    poolName: String, userID: String, password: Secret, salt: BigNumber, publicB: BigNumber
  ) throws(CognitoError) -> [UInt8] {
    let x = SRP.x(poolName: poolName, userID: userID, password: password, salt: salt)
    let (s, u) = try shared(publicB: publicB, x: x)
    return SRP.sessionKey(sharedS: s, u: u)
  }
}
