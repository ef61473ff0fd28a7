import Cognito
import Synchronization
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
    #expect(try await signIn.start(.srp(password: password)).code().factor == .softwareToken)
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
    #expect(result.mustConfirmDevice)
    // Renewing needs it, whether or not the access token says it.
    #expect(result.tokens.deviceKey == "eu_1")
  }

  @Test("a device is looked up by the pool's own name, once, when the pool has told it")
  func lookUp() async throws {
    let pool = FakePool(clientSecret: "hush", device: device)
    let asked = Mutex<[DeviceStorageKey]>([])
    let signIn = try pool.client().signIn("alice@example.com") { key in
      asked.withLock { $0.append(key) }
      return device
    }
    let result = try finished(try await signIn.start(.srp(password: password)))
    #expect(asked.withLock { $0.map(\.username) } == [FakePool.username])
    #expect(
      pool.calls.map { $0.texts["USERNAME"] } == ["alice@example.com"] + Array(repeating: FakePool.username, count: 3))
    #expect(pool.calls.map { $0.texts["DEVICE_KEY"] } == [nil, device.key, device.key, device.key])
    #expect(result.tokens.deviceKey == device.key)
  }

  @Test("nothing kept under the name: no device is named, and nobody is asked twice")
  func lookUpNothing() async throws {
    let pool = FakePool()
    let asked = Mutex(0)
    let signIn = try pool.client().signIn("alice") { _ in
      asked.withLock { $0 += 1 }
      return nil
    }
    for _ in 0..<2 { _ = try finished(try await signIn.start(.srp(password: password))) }
    #expect(asked.withLock { $0 } == 1)
    #expect(pool.calls.allSatisfy { $0.texts["DEVICE_KEY"] == nil })
  }

  @Test("a password that is sent goes out before the pool has told its name: the one that was typed must do")
  func lookUpByTypedName() async throws {
    let pool = FakePool(script: [.init("DEVICE_SRP_AUTH")], device: device)
    let asked = Mutex<[String]>([])
    let signIn = try pool.client().signIn("alice") { key in
      asked.withLock { $0.append(key.username) }
      return device
    }
    let result = try finished(try await signIn.start(.password(password)))
    #expect(asked.withLock { $0 } == ["alice"])
    #expect(pool.calls.first?.texts["DEVICE_KEY"] == device.key)
    #expect(result.tokens.deviceKey == device.key)
  }

  @Test("a look-up that fails ends the sign-in with its error")
  func lookUpFails() async throws {
    let signIn = try FakePool().client().signIn("alice") { _ in throw CognitoError(.cancelled, "the shelf fell down") }
    await #expect(throws: CognitoError(.cancelled, "")) { try await signIn.start(.srp(password: password)) }
  }

  @Test("confirming does nothing where there is no new device")
  func nothingToConfirm() async throws {
    let pool = FakePool()
    let client = try pool.client()
    let result = try finished(try await client.signIn("alice").start(.srp(password: password)))
    #expect(!result.mustConfirmDevice)
    #expect(try await client.confirmNewDevice(of: result, name: "laptop") == nil)
    #expect(!pool.calls.contains { $0.operation == "ConfirmDevice" })
  }

  @Test("confirming sends the device's keys and the name")
  func confirms() async throws {
    let pool = FakePool(newDevice: ["DeviceKey": "eu_1", "DeviceGroupKey": "-g"])
    let client = try pool.client()
    let result = try finished(try await client.signIn("alice").start(.srp(password: password)))
    let confirmed = try #require(try await client.confirmNewDevice(of: result, name: "laptop"))
    #expect(confirmed.device.key == "eu_1" && confirmed.device.groupKey == "-g")
    #expect(pool.calls.last?.operation == "ConfirmDevice")
    #expect(pool.calls.last?.body["DeviceKey"] == "eu_1" && pool.calls.last?.body["DeviceName"] == "laptop")
  }

  @Test("a suggested name says program and machine")
  func suggestedName() {
    let name = NewDevice.suggestedName(for: "backup")
    #expect(name.hasPrefix("backup on ") || name == "backup")
    #expect(name.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f })
  }
}
