import Cognito
import FoundationEssentials
import LocalPool
import TestSupport
import Testing

@Suite("a state of before there were passkeys")
struct PasskeyMigrationTests {
  @Test("is brought to the present, and its users can register passkeys")
  func migration() throws {
    let directory = TemporaryDirectory()
    let now = Date(timeIntervalSince1970: 1_800_000_000)
    let pool = PoolRecord(
      id: "local_Abc", document: try AWSDocument(json: Array(#"{"PoolName":"p"}"#.utf8)), createdAt: now,
      modifiedAt: now)
    let old = try String(contentsOfFile: Vectors.path("pool_state_1.sql"), encoding: .utf8)
    try sql(directory.path + "/pool.sqlite", old)
    let store = try PoolStore(directory: directory.path)
    let id = try store.write { transaction in
      let user = try #require(try transaction.users.find(username: "ada", in: pool))
      #expect(user.mfa.smsEnabled && user.mfa.passkeyEnabled == nil)
      let passkey = PasskeyRecord(
        poolID: pool.id, userID: user.id,
        credential: PasskeyCredential(
          id: [1], publicKey: [2], signCount: 3, isBackupEligible: true, isBackedUp: false),
        relyingPartyID: "localhost", name: "Passkey", attachment: nil, transports: ["usb", "nfc"], createdAt: now)
      #expect(try transaction.passkeys.insert(passkey))
      return user.id
    }
    let found = try #require(try store.read { try $0.passkeys.find([1], of: id) })
    #expect(found.credential.signCount == 3 && found.credential.isBackupEligible && !found.credential.isBackedUp)
    #expect(found.transports == ["usb", "nfc"] && found.attachment == nil && found.createdAt == now)
  }
}
