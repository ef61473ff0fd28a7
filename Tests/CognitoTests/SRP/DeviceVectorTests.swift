import Cognito
import FoundationEssentials
import TestSupport
import Testing

@Suite("Device SRP, against the shared vectors")
struct DeviceVectorTests {
  @Test("verifier for ConfirmDevice, and sign-in with it", arguments: Vectors.cognito.list("device"))
  func device(_ vector: JSONValue) throws {
    let groupKey = vector.text("device_group_key")
    let deviceKey = vector.text("device_key")
    let password = Secret(utf8: vector.text("device_password"))
    let salt = try #require(BigNumber(hex: vector.text("salt")))

    let verifier = DeviceVerifier(groupKey: groupKey, deviceKey: deviceKey, password: password, salt: salt)
    #expect(verifier.verifier.hex == vector.text("verifier"))
    #expect(verifier.encodedVerifier == vector["confirm_device"]?.text("PasswordVerifier"))
    #expect(verifier.encodedSalt == vector["confirm_device"]?.text("Salt"))

    let client = SRPClient(a: try #require(BigNumber(hex: vector.text("a"))))
    #expect(client.publicA.hex == vector.text("A"))
    let key = try client.sessionKey(
      poolName: groupKey, userID: deviceKey, password: password, salt: salt,
      publicB: try #require(BigNumber(hex: vector.text("B"))))
    #expect(Hex.encode(key) == vector.text("hkdf_key"))

    let block = try #require(Base64.decode(vector.text("secret_block")))
    let signature = PasswordClaim.signature(
      key: key, poolName: groupKey, userID: deviceKey, secretBlock: block, timestamp: vector.text("timestamp"))
    #expect(signature == vector.text("signature"))
  }

  @Test("each new device has its own password and salt")
  func fresh() {
    let first = DeviceVerifier(groupKey: "g", deviceKey: "k")
    let second = DeviceVerifier(groupKey: "g", deviceKey: "k")
    #expect(first.password != second.password)
    #expect(first.salt != second.salt)
    #expect(first.password.count == 56)
  }
}
