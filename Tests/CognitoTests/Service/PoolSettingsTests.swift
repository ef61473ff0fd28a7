import Cognito
import TestSupport
import Testing

@Suite("settings of a pool in the library")
struct PoolSettingsTests {
  private func make(_ setting: PoolSetting) throws(CognitoError) {
    func given(_ key: String) -> String? { setting.key == key ? setting.value : nil }
    let pool = try UserPool(
      id: given("user_pool_id") ?? "eu-west-1_A", region: given("region"), endpoint: given("endpoint"),
      issuer: given("issuer"))
    _ = try UserPoolClient(
      pool: pool, clientID: given("client_id") ?? "4",
      transport: ScriptedTransport { _, _ in throw CognitoError(.unreachable, "Nothing is sent here.") })
  }

  @Test("each is judged as everywhere, and a bad one says what it must be", arguments: PoolSetting.all)
  func judged(setting: PoolSetting) throws {
    if setting.isGood {
      #expect(throws: Never.self) { try make(setting) }
    } else {
      let error = try #require(throws: CognitoError.self) { try make(setting) }
      #expect(error.code == .invalidConfiguration || error.code == .insecureEndpoint)
    }
  }
}
