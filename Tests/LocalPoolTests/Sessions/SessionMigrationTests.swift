import Cognito
import FoundationEssentials
import LocalPool
import TestSupport
import Testing

@Suite("a state of before there were sessions")
struct SessionMigrationTests {
  @Test("keeps its refresh tokens, which say nothing of how the user signed in, and can track sessions")
  func migration() throws {
    let directory = TemporaryDirectory()
    let now = Date(timeIntervalSince1970: 1_800_000_000)
    let old = try String(contentsOfFile: Vectors.path("pool_state_1.sql"), encoding: .utf8)
    try sql(directory.path + "/pool.sqlite", old)
    try sql(
      directory.path + "/pool.sqlite",
      """
      INSERT INTO refresh_tokens VALUES (x'01', 'local_Abc', 'app', 1, 'origin', NULL, 'openid', 1800000000000,
        1800000000000, 1900000000000, NULL, NULL)
      """)
    let store = try PoolStore(directory: directory.path)
    try store.write { transaction in
      let token = try #require(try transaction.refreshTokens.find(hash: [1]))
      #expect(token.scope == "openid" && token.strength == AuthenticationStrength())
      let session = UserSessionRecord(
        id: "tkn0", userID: 1, clientID: "app", originJti: "origin", parent: nil, device: "d", address: "a",
        createdAt: now, lastActiveAt: now, expiresAt: now.addingTimeInterval(60))
      try transaction.userSessions.insert(session)
      #expect(try transaction.userSessions.find("tkn0", of: 1, at: now)?.address == "a")
      #expect(try transaction.userSessions.find("tkn0", of: 1, at: now.addingTimeInterval(60)) == nil)
      // The last refresh token takes the session with it.
      try transaction.refreshTokens.delete(originJti: "origin")
      #expect(try transaction.userSessions.find("tkn0", of: 1, at: now) == nil)
    }
  }
}
