import Cognito
import TestSupport
import Testing

private let password = Secret(utf8: FakePool.password)
private let device = RememberedDevice(
  key: "eu-north-1_11111111-2222-3333-4444-555555555555", groupKey: "-group", password: Secret(utf8: "device secret"))

@Suite("Sign-in with a remembered device")
struct DeviceSignInTests {
  @Test("right after the password, with an a of its own")
  func afterPassword() async throws {
    let pool = FakePool(clientSecret: "hush", device: device)
    let result = try finished(
      try await pool.client().signIn("alice", device: device).start(.srp(password: password)))
    #expect(
      pool.calls.map { $0.body["ChallengeName"]?.string } == [
        nil, "PASSWORD_VERIFIER", "DEVICE_SRP_AUTH", "DEVICE_PASSWORD_VERIFIER",
      ])
    #expect(pool.calls.allSatisfy { $0.texts["DEVICE_KEY"] == device.key })
    let sent = pool.calls.compactMap { $0.texts["SRP_A"] }
    #expect(sent.count == 2)
    #expect(Set(sent).count == 2)
    #expect(result.tokens.deviceKey == device.key)
    #expect(!result.deviceWasForgotten)
  }

  @Test("after a custom challenge, where the device comes last")
  func afterCustom() async throws {
    let pool = FakePool(script: [.init("CUSTOM_CHALLENGE"), .init("DEVICE_SRP_AUTH")], device: device)
    let signIn = try pool.client().signIn("alice", device: device)
    guard case .customChallenge = try await signIn.start(.custom()) else {
      Issue.record("no custom challenge")
      return
    }
    _ = try finished(try await signIn.respond(.custom("x")))
    #expect(pool.calls.last?.body["ChallengeName"]?.string == "DEVICE_PASSWORD_VERIFIER")
  }

  @Test("a device that the pool has forgotten is left out, and that is told")
  func forgotten() async throws {
    let gone = RememberedDevice(
      key: "eu-north-1_forgotten", groupKey: "-group", password: Secret(utf8: "device secret"))
    let pool = FakePool()
    let result = try finished(
      try await pool.client().signIn("alice", device: gone).start(.srp(password: password)))
    #expect(result.deviceWasForgotten)
    #expect(result.tokens.deviceKey == nil)
    #expect(pool.calls.last?.texts["DEVICE_KEY"] == nil)
  }

  @Test("a device whose password is out of date falls back to the second factor")
  func outdated() async throws {
    let pool = FakePool(script: [.init("SOFTWARE_TOKEN_MFA")], device: device)
    let stale = RememberedDevice(key: device.key, groupKey: device.groupKey, password: Secret(utf8: "stale"))
    let signIn = try pool.client().signIn("alice", device: stale)
    guard case .softwareTokenMFA = try await signIn.start(.srp(password: password)) else {
      Issue.record("no second factor")
      return
    }
    #expect(try finished(try await signIn.respond(.code("123456"))).deviceWasForgotten)
  }

  @Test("a device challenge where no device was given is refused")
  func unasked() async throws {
    let pool = FakePool(script: [.init("DEVICE_SRP_AUTH")])
    await #expect(throws: CognitoError(.malformedResponse, "")) {
      try await pool.client().signIn("alice").start(.srp(password: password))
    }
  }

  @Test("a new device is handed out")
  func newDevice() async throws {
    let pool = FakePool(newDevice: ["DeviceKey": "eu_1", "DeviceGroupKey": "-g"])
    let result = try finished(try await pool.client().signIn("alice").start(.srp(password: password)))
    #expect(result.newDevice == NewDevice(key: "eu_1", groupKey: "-g"))
  }
}
