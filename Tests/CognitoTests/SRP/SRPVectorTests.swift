import Cognito
import FoundationEssentials
import TestSupport
import Testing

/// One SRP exchange with every intermediate value, computed by independent implementations.
struct SRPVector: Sendable, CustomTestStringConvertible {
  let json: JSONValue
  var testDescription: String { json.text("name") }
  var poolName: String { String(json.text("pool_id").split(separator: "_", maxSplits: 1)[1]) }
  func number(_ name: String) throws -> BigNumber { try #require(BigNumber(hex: json.text(name))) }

  static let all = Vectors.cognito.list("srp").map(SRPVector.init)
}

@Suite("SRP, against the shared vectors")
struct SRPVectorTests {
  @Test("the client's half", arguments: SRPVector.all)
  func client(_ vector: SRPVector) throws {
    let client = SRPClient(a: try vector.number("a"))
    #expect(client.publicA.hex == vector.json.text("A"))

    let salt = try #require(BigNumber(hex: vector.json["salt_wire"]?.string ?? vector.json.text("salt")))
    let x = SRP.x(
      poolName: vector.poolName, userID: vector.json.text("user_id_for_srp"),
      password: Secret(utf8: vector.json.text("password")), salt: salt)
    #expect(x.hex == vector.json.text("x"))
    #expect(SRP.verifier(x: x).hex == vector.json.text("verifier"))

    let (s, u) = try client.shared(publicB: vector.number("B"), x: x)
    #expect(u.hex == vector.json.text("u"))
    #expect(s.hex == vector.json.text("S"))

    let key = SRP.sessionKey(sharedS: s, u: u)
    #expect(Hex.encode(key) == vector.json.text("hkdf_key"))

    let time = try #require(vector.json["time_unix"]?.double)
    let timestamp = PasswordClaim.timestamp(Date(timeIntervalSince1970: time))
    #expect(timestamp == vector.json.text("timestamp"))
    let block = try #require(Base64.decode(vector.json.text("secret_block")))
    let signature = PasswordClaim.signature(
      key: key, poolName: vector.poolName, userID: vector.json.text("user_id_for_srp"), secretBlock: block,
      timestamp: timestamp)
    #expect(signature == vector.json.text("signature"))
  }

  @Test("the server's half arrives at the same secret", arguments: SRPVector.all)
  func server(_ vector: SRPVector) throws {
    let n = SRPGroup.n
    let (a, b, v) = (try vector.number("A"), try vector.number("b"), try vector.number("verifier"))
    let publicB = SRPGroup.k.multiplying(by: v, modulo: n).adding(SRPGroup.powerOfG(b), modulo: n)
    #expect(publicB.hex == vector.json.text("B"))
    let u = SRP.u(publicA: a, publicB: publicB)
    let base = a.multiplying(by: SRPGroup.power(v, u), modulo: n)
    #expect(SRPGroup.power(base, b).hex == vector.json.text("S"))
  }

  @Test("values that must be refused", arguments: Vectors.cognito.list("srp_must_reject"))
  func refused(_ vector: JSONValue) throws {
    let hex = vector["B"]?.string ?? vector.text("A")
    guard let value = BigNumber(hex: hex) else { return }
    #expect(!SRP.isAcceptable(publicValue: value), "\(vector.text("name"))")
    #expect(throws: CognitoError(.serverProofRejected, "")) {
      try SRPClient().sessionKey(
        poolName: "p", userID: "u", password: Secret(utf8: "x"), salt: BigNumber(1), publicB: value)
    }
  }

  @Test("the group's constants")
  func group() {
    #expect(SRPGroup.n.hex == Vectors.cognito.text("N"))
    #expect(SRPGroup.g.hex == Vectors.cognito.text("g"))
    #expect(SRPGroup.k.hex == Vectors.cognito.text("k"))
    #expect(SRPGroup.n.bitWidth == 3072)
  }

  @Test("two exchanges never share a")
  func fresh() {
    let (first, second) = (SRPClient(), SRPClient())
    #expect(first.a != second.a)
    #expect(first.a.bitWidth > 200)
  }

  @Test("the timestamp ignores zone and locale", arguments: Vectors.cognito.list("timestamps"))
  func timestamp(_ vector: JSONValue) throws {
    let seconds = try #require(vector[0]?.double)
    #expect(PasswordClaim.timestamp(Date(timeIntervalSince1970: seconds)) == vector[1]?.string)
  }
}
