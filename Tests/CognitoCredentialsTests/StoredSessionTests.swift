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
struct LeaseDocumentTests {
  private let profile = Profile(name: "w", userPoolID: "eu-west-1_A", clientID: "1")
  /// A JWT's shape around `{"exp":4600}`; nothing is verified here.
  private static let token = "e30." + Base64.encodeURL(Array(#"{"exp":4600}"#.utf8)) + ".c2ln"

  private func document(_ changes: [String: JSONValue?] = [:]) -> [UInt8] {
    var members: [String: JSONValue] = [
      "access_token": .string(Self.token), "id_token": .string(Self.token), "refresh_token": "r", "username": "ann",
      "user_pool_id": "eu-west-1_A", "client_id": "1", "region": "eu-west-1", "expires_at": 4600,
    ]
    for (name, value) in changes { members[name] = value }
    return JSONValue.object(members).serialized()
  }

  private func read(_ bytes: [UInt8]) throws -> Lease? {
    try LeaseDocument.read(bytes, id: #require(LeaseID("l")), for: profile, now: 7)
  }

  @Test("session and tokens are taken from it, each token's expiry from the token itself")
  func complete() throws {
    let lease = try #require(try read(document(["device_key": "d"])))
    #expect(
      lease.session
        == StoredSession(
          username: "ann", userPoolID: "eu-west-1_A", clientID: "1", refreshToken: Secret(utf8: "r"), deviceKey: "d",
          signedInAt: 7))
    #expect(lease.tokens.cached(.access, username: "ann").expiresAt == 4600)
  }

  @Test("a login to another pool or client is none of this profile's")
  func foreign() throws {
    #expect(try read(document(["client_id": "2"])) == nil)
    #expect(try read(document(["user_pool_id": "eu-west-1_B"])) == nil)
  }

  @Test(
    "a missing field is an error",
    arguments: [
      "access_token", "id_token", "refresh_token", "username", "user_pool_id", "client_id",
    ])
  func missing(name: String) {
    #expect(throws: CognitoError.self) { try read(document([name: .some(nil)])) }
  }

  @Test(
    "a token without an expiry, or with garbage for claims, is an error",
    arguments: ["e30.e30.c2ln", "x", "a.!.c", "a.e30"])
  func tokens(text: String) {
    #expect(throws: CognitoError.self) { try read(document(["access_token": .string(text)])) }
  }
}
