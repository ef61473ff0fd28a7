import Cognito
import CognitoCredentials
import LoginProtocol
import Testing
import TokenCache

@Suite("stored sessions")
struct StoredSessionTests {
  private let session = StoredSession(
    username: "ann", userPoolID: "eu-west-1_A", clientID: "1", refreshToken: Secret(utf8: "topsecret"),
    deviceKey: "eu-west-1_device", signedInAt: 1_800_000_000)

  @Test("a session survives encoding")
  func roundTrip() throws { #expect(try StoredSession(decoding: session.encoded()) == session) }

  @Test("a description of it shows no token")
  func description() {
    var dumped = ""
    dump(session, to: &dumped)
    #expect(!"\(session)".contains("topsecret") && !dumped.contains("topsecret"))
  }

  @Test(
    "damage is told without showing what is there",
    arguments: [
      "", "topsecret", "{}",
      #"{"version":2,"username":"a","user_pool_id":"p","client_id":"c","refresh_token":"topsecret","signed_in_at":1}"#,
      #"{"version":1,"username":"a","user_pool_id":"p","client_id":"c","refresh_token":"","signed_in_at":1}"#,
      #"{"version":1,"username":"a","user_pool_id":"p","client_id":"c","refresh_token":"topsecret"}"#,
    ])
  func damage(text: String) {
    #expect {
      try StoredSession(decoding: Array(text.utf8))
    } throws: { error in
      error as? SessionStoreError == SessionStoreError(.corrupt, "") && !"\(error)".contains("topsecret")
    }
  }

  @Test("what it says of names and device survives encoding, and the device's password shows nowhere")
  func namesAndDevice() throws {
    var full = session
    (full.typedName, full.subject, full.ownsDevice) = ("ann@example.com", "sub-1", true)
    full.device = RememberedDevice(key: "eu-west-1_device", groupKey: "-g", password: Secret(utf8: "topsecret"))
    #expect(try StoredSession(decoding: full.encoded()) == full)
    var dumped = ""
    dump(full, to: &dumped)
    #expect(!"\(full)".contains("topsecret") && !dumped.contains("topsecret"))
  }

  @Test("a session of an earlier version is read: its name is the pool's own, and nobody's device is forgotten for it")
  func earlier() throws {
    let text =
      #"{"version":1,"username":"ann","user_pool_id":"eu-west-1_A","client_id":"1","refresh_token":"topsecret","#
      + #""device_key":"eu-west-1_device","signed_in_at":1800000000}"#
    let old = try StoredSession(decoding: Array(text.utf8))
    #expect(old == session)
    #expect(old.nameForPeople == "ann")
    #expect(old.belongs(to: Profile(name: "w", userPoolID: "eu-west-1_A", clientID: "1", username: "ann")))
  }

  @Test("a profile's username is compared with what was typed; the pool's own name will do too")
  func typedName() {
    var session = session
    (session.username, session.typedName) = ("8a1f-uuid", "ann@example.com")
    func belongs(_ username: String) -> Bool {
      session.belongs(to: Profile(name: "w", userPoolID: "eu-west-1_A", clientID: "1", username: username))
    }
    #expect(belongs("ann@example.com") && belongs("8a1f-uuid"))
    #expect(!belongs("Ann@example.com") && !belongs("ann"))
    #expect(session.nameForPeople == "ann@example.com (in the pool: 8a1f-uuid)")
  }

  @Test("an account is its sub; by names alone only where a session has none, and never across pools")
  func account() {
    var (one, other) = (session, session)
    #expect(one.isSameAccount(as: other))
    one.subject = "s1"
    #expect(one.isSameAccount(as: other))
    other.subject = "s2"
    #expect(!one.isSameAccount(as: other))
    (other.subject, other.username) = ("s1", "renamed")
    #expect(one.isSameAccount(as: other))
    other.userPoolID = "eu-west-1_B"
    #expect(!one.isSameAccount(as: other))
  }

  @Test("it belongs to its own pool, client and account alone")
  func ownership() {
    #expect(session.belongs(to: Profile(name: "w", userPoolID: "eu-west-1_A", clientID: "1")))
    #expect(session.belongs(to: Profile(name: "w", userPoolID: "eu-west-1_A", clientID: "1", username: "ann")))
    #expect(!session.belongs(to: Profile(name: "w", userPoolID: "eu-west-1_B", clientID: "1")))
    #expect(!session.belongs(to: Profile(name: "w", userPoolID: "eu-west-1_A", clientID: "2")))
    #expect(!session.belongs(to: Profile(name: "w", userPoolID: "eu-west-1_A", clientID: "1", username: "bob")))
  }
}

@Suite("what the login daemon hands over")
struct LeaseTests {
  private let profile = Profile(name: "w", userPoolID: "eu-west-1_A", clientID: "1")
  private func document(_ changes: [String: JSONValue?] = [:]) -> [UInt8] {
    var members: [String: JSONValue] = [
      "access_token": "a", "id_token": "i", "refresh_token": "r", "username": "uuid-1", "login_name": "ann",
      "subject": "sub-1", "user_pool_id": "eu-west-1_A", "client_id": "1", "region": "eu-west-1", "expires_at": 4600,
      "access_expires_at": 4600, "id_expires_at": 5600,
    ]
    for (name, value) in changes { members[name] = value }
    return JSONValue.object(members).serialized()
  }

  private func read(_ bytes: [UInt8]) throws -> Lease? {
    try Lease(LeaseDocument(decoding: bytes), id: #require(LeaseID("l")), for: profile, now: 7)
  }

  @Test("session and tokens are taken from it, each name as what it is and each token with its own end")
  func complete() throws {
    let lease = try #require(try read(document(["device_key": "d", "owns_device": true])))
    #expect(
      lease.session
        == StoredSession(
          username: "uuid-1", typedName: "ann", subject: "sub-1", userPoolID: "eu-west-1_A", clientID: "1",
          refreshToken: Secret(utf8: "r"), deviceKey: "d", ownsDevice: true, signedInAt: 7))
    #expect(lease.tokens.cached(.access) == CachedToken(token: "a", username: "uuid-1", expiresAt: 4600))
    #expect(lease.tokens.cached(.id) == CachedToken(token: "i", username: "uuid-1", expiresAt: 5600))
  }

  @Test("a profile for an account takes the login by the name that was typed, or by the pool's own, and no other")
  func account() throws {
    func isTaken(_ username: String) throws -> Bool {
      var profile = profile
      profile.username = username
      return try Lease(LeaseDocument(decoding: document()), id: #require(LeaseID("l")), for: profile, now: 7) != nil
    }
    #expect(try isTaken("ann") && isTaken("uuid-1"))
    #expect(try !isTaken("Ann") && !isTaken("sub-1"))
  }

  @Test("an earlier daemon's hand-over has one end for both tokens, and the names are one")
  func earlier() throws {
    let names = ["login_name", "subject", "access_expires_at", "id_expires_at"]
    let lease = try #require(try read(document(Dictionary(uniqueKeysWithValues: names.map { ($0, .some(nil)) }))))
    #expect(lease.session.typedName == nil && lease.session.subject == nil && !lease.session.ownsDevice)
    #expect(TokenKind.allCases.map { lease.tokens.cached($0).expiresAt } == [4600, 4600])
  }

  @Test("a login to another pool or client is none of this profile's")
  func foreign() throws {
    #expect(try read(document(["client_id": "2"])) == nil)
    #expect(try read(document(["user_pool_id": "eu-west-1_B"])) == nil)
  }

  @Test(
    "a missing field is an error",
    arguments: [
      "access_token", "id_token", "refresh_token", "username", "user_pool_id", "client_id", "expires_at",
    ])
  func missing(name: String) {
    #expect(throws: CognitoError.self) { try read(document([name: .some(nil)])) }
  }

  @Test("an end that is no moment is an error", arguments: ["", "soon", "-1"])
  func ends(text: String) {
    #expect(throws: CognitoError.self) { try read(document(["expires_at": .string(text)])) }
    #expect(throws: CognitoError.self) { try read(document(["expires_at": .int(-1)])) }
  }
}
