import Cognito
import FoundationEssentials
import Testing

@Suite("The sessions of an account")
struct AccountSessionTests {
  static let id = "tkn" + String(repeating: "a1", count: 12) + "z"
  static let other = "sso" + String(repeating: "b2", count: 12) + "z"
  static let wire: JSONValue = [
    "SessionId": .string(id), "SessionType": "TOKEN", "ClientId": "client1", "CreateDate": 1_800_000_000.5,
    "LastActiveDate": 1_800_000_100, "DeviceType": "cognito-login", "LastIPAddress": "192.0.2.7",
    "LastLocation": ["City": "Göteborg", "Country": "Sweden"], "OriginSessionId": .string(other),
    "IsCurrentSession": true,
  ]

  @Test("a user's sessions come page by page, with all that the service says of them")
  func list() async throws {
    let script = ServiceScript(
      ["Sessions": [Self.wire], "NextToken": "next"],
      ["Sessions": [["SessionId": .string(Self.other), "SessionType": "SSO", "LastLocation": [:]]]])
    let sessions = try await script.user().sessions.collect()
    #expect(
      sessions == [
        AccountSession(
          id: Self.id, kind: .token, clientID: "client1", created: Date(timeIntervalSince1970: 1_800_000_000.5),
          lastActive: Date(timeIntervalSince1970: 1_800_000_100), device: "cognito-login", ipAddress: "192.0.2.7",
          location: .init(city: "Göteborg", country: "Sweden"), originSessionID: Self.other, isCurrent: true),
        AccountSession(id: Self.other, kind: .singleSignOn),
      ])
    #expect(script.calls.map(\.operation) == ["ListUserSessions", "ListUserSessions"])
    #expect(script.calls.map { $0.body["NextToken"] } == [nil, "next"])
    #expect(!script.calls.contains { $0.isSigned })
  }

  @Test("a session without id or type is no session", arguments: ["SessionId", "SessionType"])
  func incomplete(_ missing: String) async throws {
    var wire = try #require(Self.wire.object)
    wire[missing] = nil
    let script = ServiceScript(["Sessions": [.object(wire)]])
    await #expect(throws: CognitoError(.malformedResponse, "")) { try await script.user().sessions.collect() }
  }

  @Test("a user ends a session alone, or with those that hang together with it")
  func revoke() async throws {
    let alone = ServiceScript([:])
    try await alone.user().revokeSession(Self.id)
    alone.expectUserCall("RevokeUserSession", ["SessionId": .string(Self.id)])
    let linked = ServiceScript([:])
    try await linked.user().revokeSession(Self.other, associated: .linked)
    linked.expectUserCall(
      "RevokeUserSession", ["SessionId": .string(Self.other), "RevokeAssociatedSessions": "LINKED"])
  }

  @Test(
    "what can't be a session's id isn't sent",
    arguments: [
      "", "tkn", "abc" + String(repeating: "a", count: 25), id.uppercased(), id + "a", "tkn" + "ä" + id.dropFirst(5),
    ])
  func wrongID(_ id: String) async throws {
    let script = ServiceScript([:])
    await #expect(throws: CognitoError(.invalidInput, "")) { try await script.user().revokeSession(id) }
    await #expect(throws: CognitoError(.invalidInput, "")) {
      try await script.administrator().revokeSession(id, of: "ada")
    }
    #expect(script.calls.isEmpty)
  }

  @Test("an administrator lists and ends a user's sessions")
  func administration() async throws {
    let list = ServiceScript(["Sessions": [Self.wire]])
    #expect(try await list.administrator().sessions(of: "ada").collect().map(\.id) == [Self.id])
    list.expectAdminCall("AdminListUserSessions", ["Username": "ada"])
    let revoke = ServiceScript([:])
    try await revoke.administrator().revokeSession(Self.id, of: "ada", associated: .linked)
    revoke.expectAdminCall(
      "AdminRevokeUserSession",
      ["Username": "ada", "SessionId": .string(Self.id), "RevokeAssociatedSessions": "LINKED"])
  }

  @Test("the pool's tracking of sessions is read and set")
  func tracking() async throws {
    let read = ServiceScript(["UserSessionTracking": "ENABLED", "TokenSession": ["MaxPerUser": 7]])
    #expect(try await read.administrator().sessionTracking() == SessionTracking(isOn: true, maximumPerUser: 7))
    read.expectAdminCall("GetUserPoolSessionConfiguration")
    let set = ServiceScript([:])
    try await set.administrator().setSessionTracking(SessionTracking(isOn: false))
    set.expectAdminCall(
      "SetUserPoolSessionConfiguration",
      ["UserSessionTracking": "DISABLED", "TokenSession": ["MaxPerUser": 20]])
    for maximum in [0, 101] {
      await #expect(throws: CognitoError(.invalidInput, "")) {
        try await set.administrator().setSessionTracking(SessionTracking(isOn: true, maximumPerUser: maximum))
      }
    }
    #expect(set.calls.count == 1)
  }

  @Test("an app client's single sign-on is read and set, in whole minutes")
  func singleSignOn() async throws {
    let read = ServiceScript(["SSOSession": ["MaxValidityMinutes": 90]])
    #expect(try await read.administrator().singleSignOnValidity(ofAppClient: "c") == .seconds(5400))
    read.expectAdminCall("GetUserPoolClientSessionConfiguration", ["ClientId": "c"])
    let set = ServiceScript([:])
    try await set.administrator().setSingleSignOnValidity(.zero, ofAppClient: "c")
    set.expectAdminCall(
      "SetUserPoolClientSessionConfiguration", ["ClientId": "c", "SSOSession": ["MaxValidityMinutes": 0]])
    for validity: Duration in [.seconds(90), .milliseconds(60_001), .seconds(-60), .seconds(129_601 * 60)] {
      await #expect(throws: CognitoError(.invalidInput, "")) {
        try await set.administrator().setSingleSignOnValidity(validity, ofAppClient: "c")
      }
    }
    #expect(set.calls.count == 1)
  }

  @Test("a refresh token takes its browser's session along when that is asked for")
  func refreshToken() async throws {
    let script = ServiceScript([:])
    try await script.client().revoke(refreshToken: Secret(utf8: "r"), associated: .linked)
    script.expect(
      "RevokeToken", ["ClientId": "client1", "Token": "r", "RevokeAssociatedSessions": "LINKED"], signed: false)
  }
}
