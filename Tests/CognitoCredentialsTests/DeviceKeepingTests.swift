import Cognito
import CognitoCredentials
import TestSupport
import Testing
import TokenCache

@Suite("the device of a sign-in")
struct DeviceKeepingTests {
  private let profile = Profile(name: "w", userPoolID: FakePool.poolID, clientID: FakePool.clientID)
  private static let device: JSONValue = ["DeviceKey": "eu_1", "DeviceGroupKey": "-g"]

  private func signedIn(_ pool: FakePool) async throws -> (UserPoolClient, SignInResult, StoredSession) {
    let client = try pool.client()
    let step = try await client.signIn("alice@example.com").start(.srp(password: Secret(utf8: FakePool.password)))
    guard case .done(let result) = step else { throw CognitoError(.unexpectedAnswer, "\(step)") }
    return (client, result, try StoredSession(result.tokens, typedName: "alice@example.com", for: profile, now: 1))
  }

  private func sent(_ pool: FakePool) -> [String] {
    pool.calls.map(\.operation).filter { $0.contains("Device") }
  }

  @Test("a new device is confirmed, and its password isn't kept: it stands for nothing")
  func confirms() async throws {
    let pool = FakePool(newDevice: Self.device)
    var (client, result, session) = try await signedIn(pool)
    let keeping = DeviceKeeping(client, name: "cognito on here")
    #expect(await keeping.settle(&session, result, previous: nil, isRemembered: false) == nil)
    #expect(session.deviceKey == "eu_1" && session.ownsDevice && session.device == nil)
    #expect(sent(pool) == ["ConfirmDevice"])
    #expect(pool.calls.last?.body["DeviceName"] == "cognito on here")
  }

  @Test(
    "remembered on the person's word: its password is kept, and the pool told where it asks", arguments: [false, true])
  func remembers(asksUser: Bool) async throws {
    let pool = FakePool(newDevice: Self.device)
    if asksUser { pool.asksUserAboutDevices() }
    var (client, result, session) = try await signedIn(pool)
    #expect(await DeviceKeeping(client).settle(&session, result, previous: nil, isRemembered: true) == nil)
    #expect(session.device?.key == "eu_1" && session.device?.groupKey == "-g")
    #expect(sent(pool) == (asksUser ? ["ConfirmDevice", "UpdateDeviceStatus"] : ["ConfirmDevice"]))
    #expect(DeviceKeeping.device(of: session, for: profile, typedName: "alice@example.com") == session.device)
    #expect(DeviceKeeping.device(of: session, for: profile, typedName: FakePool.username) == session.device)
    // Somebody else's sign-in doesn't name it, nor does one at another pool.
    #expect(DeviceKeeping.device(of: session, for: profile, typedName: "bob") == nil)
    var other = profile
    other.userPoolID = "eu-north-1_Other"
    #expect(DeviceKeeping.device(of: session, for: other, typedName: "alice@example.com") == nil)
    #expect(DeviceKeeping.device(of: nil, for: profile, typedName: "bob") == nil)
  }

  @Test("a device that can't be confirmed is told, and the session kept with its key")
  func fails() async throws {
    let pool = FakePool(newDevice: Self.device)
    pool.failDevices(CognitoError(.tooManyRequests, "slow down"))
    var (client, result, session) = try await signedIn(pool)
    let error = await DeviceKeeping(client).settle(&session, result, previous: nil, isRemembered: true)
    #expect(error as? CognitoError == CognitoError(.tooManyRequests, ""))
    #expect(session.deviceKey == "eu_1" && session.ownsDevice && session.device == nil)
  }

  @Test("a device that signed in again stays what it was")
  func again() async throws {
    let remembered = RememberedDevice(
      key: "eu-north-1_11111111-2222-3333-4444-555555555555", groupKey: "-group", password: Secret(utf8: "secret"))
    let pool = FakePool(device: remembered)
    let client = try pool.client()
    let step = try await client.signIn("alice", device: remembered).start(
      .srp(password: Secret(utf8: FakePool.password)))
    guard case .done(let result) = step else { throw CognitoError(.unexpectedAnswer, "\(step)") }
    var session = try StoredSession(result.tokens, typedName: "alice", for: profile, now: 2)
    var previous = session
    (previous.device, previous.ownsDevice) = (remembered, true)
    #expect(await DeviceKeeping(client).settle(&session, result, previous: previous, isRemembered: false) == nil)
    #expect(session.device == remembered && session.ownsDevice)
    await DeviceKeeping(client).forget(previous, replacedBy: session, result.tokens)
    #expect(sent(pool).isEmpty)
  }

  @Test("what a sign-in takes the place of is forgotten at the pool, if it was ours and the same person's")
  func forgets() async throws {
    let pool = FakePool(newDevice: Self.device)
    var (client, result, session) = try await signedIn(pool)
    let keeping = DeviceKeeping(client)
    _ = await keeping.settle(&session, result, previous: nil, isRemembered: false)
    var old = session
    old.deviceKey = "eu_0"
    var changes: [StoredSession?] = [nil]
    for change: (inout StoredSession) -> Void in [
      { $0.ownsDevice = false }, { $0.deviceKey = nil }, { $0.deviceKey = "eu_1" }, { $0.subject = "another" },
      { $0.userPoolID = "eu-north-1_Other" }, { $0.clientID = "other" },
    ] {
      var other = old
      change(&other)
      changes.append(other)
    }
    for previous in changes { await keeping.forget(previous, replacedBy: session, result.tokens) }
    #expect(sent(pool) == ["ConfirmDevice"])
    await keeping.forget(old, replacedBy: session, result.tokens)
    #expect(sent(pool) == ["ConfirmDevice", "ForgetDevice"])
    #expect(pool.calls.last?.body["DeviceKey"] == "eu_0")
  }
}
