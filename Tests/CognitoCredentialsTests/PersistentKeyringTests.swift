import Cognito
import CognitoCredentials
import Testing
import TokenCache

/// A container may forbid them; then there is nothing to test here.
private let hasPersistentKeyring = (try? KernelKeyring().persistentKeyring()) != nil

@Suite("the kernel's persistent keyring itself", .enabled(if: hasPersistentKeyring))
struct PersistentKeyringTests {
  @Test("a session is kept, replaced in place and forgotten")
  func session() throws {
    let profile = Profile(name: "test", userPoolID: "eu-west-1_\(UInt64.random(in: 0 ... .max))", clientID: "1")
    let store = KernelPersistentStore()
    func session(_ refresh: String) -> StoredSession {
      StoredSession(
        username: "ann", userPoolID: profile.userPoolID, clientID: "1", refreshToken: Secret(utf8: refresh),
        signedInAt: 1)
    }
    #expect(try store.load(profile) == nil)
    defer { _ = try? store.remove(profile) }
    for number in 0..<10 { try store.save(session("\(number)" + String(repeating: "x", count: 2000)), for: profile) }
    #expect(try store.load(profile)?.refreshToken.revealed()?.hasPrefix("9x") == true)
    #expect(try store.remove(profile))
    #expect(try store.load(profile) == nil)
  }
}
