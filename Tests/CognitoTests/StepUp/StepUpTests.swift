import Cognito
import FoundationEssentials
import TestSupport
import Testing

/// The issuer of ``ServiceScript``'s client, and its moment.
enum ScriptedIssuer {
  static let now = Int64(ServiceScript.now.timeIntervalSince1970)
  static let issuer = TestIssuer(
    issuer: "https://cognito-idp.eu-north-1.amazonaws.com/\(ServiceScript.poolID)", clientID: "client1")

  /// An answer of InitiateAuth with tokens.
  static func signedIn(_ claims: [String: JSONValue], refreshToken: String? = "refresh-1") -> JSONValue {
    ["AuthenticationResult": issuer.result(username: "ada", now: now, refreshToken: refreshToken, more: claims)]
  }
}

@Suite("Step-up of a sign-in")
struct StepUpTests {
  static let levels = AuthenticationLevels.standard

  @Test("levels, age and session go with the request, and tokens that reach a level are handed out")
  func parameters() async throws {
    let script = ServiceScript(ScriptedIssuer.signedIn(["acr": "urn:cognito:loa:3", "amr": ["pwd", "mfa"]]))
    let stepUp = StepUp(levels: Self.levels.atLeast(3), maximumAge: .seconds(300), accessToken: "present-token")
    let result = try await script.client().signIn("ada")
      .start(.choice(preferred: .emailOTP, stepUp: stepUp)).finished()
    script.expect(
      "InitiateAuth",
      [
        "AuthFlow": "USER_AUTH", "ClientId": "client1",
        "AuthParameters": [
          "USERNAME": "ada", "PREFERRED_CHALLENGE": "EMAIL_OTP",
          "TARGET_ACR_VALUES": "urn:cognito:loa:4 urn:cognito:loa:3", "MAX_AGE": "300",
          "ACCESS_TOKEN": "present-token",
        ],
      ], signed: false)
    let token = try await script.client().verifier.verify(result.tokens.accessToken, use: .access)
    #expect(token.acr == "urn:cognito:loa:3")
    #expect(token.amr == ["pwd", "mfa"])
    #expect(token.authenticatedAt == ServiceScript.now)
  }

  @Test("a password that is asked for first doesn't lose the levels")
  func preferredPassword() async throws {
    let script = ServiceScript(ScriptedIssuer.signedIn(["acr": "urn:cognito:loa:1"]))
    let signIn = try script.client().signIn("ada")
    let step = try await signIn.start(
      .choice(preferred: .password, stepUp: StepUp(levels: ["urn:cognito:loa:1"], maximumAge: .zero)))
    guard case .password = step else { return #expect(Bool(false), "the password wasn't asked for") }
    _ = try await signIn.respond(.password(Secret(utf8: "pw"))).finished()
    let sent = script.calls.first?.body["AuthParameters"]
    #expect(sent?["TARGET_ACR_VALUES"] == "urn:cognito:loa:1")
    #expect(sent?["MAX_AGE"] == "0")
    #expect(sent?["PASSWORD"] == "pw")
  }

  @Test("a level above the one that was asked for will do, by the pool's own names too")
  func above() async throws {
    let own = AuthenticationLevels([4: "top"])
    for (acr, scale, isEnough) in [
      ("urn:cognito:loa:4", .standard, true), ("urn:cognito:loa:2", .standard, true), ("top", own, true),
      ("top", .standard, false), ("urn:cognito:loa:1", own, false),
    ] as [(String, AuthenticationLevels, Bool)] {
      let script = ServiceScript(ScriptedIssuer.signedIn(["acr": .string(acr)], refreshToken: nil))
      let signIn = try script.client().signIn("ada")
      let method = SignInMethod.choice(stepUp: StepUp(levels: ["urn:cognito:loa:2"], scale: scale))
      if isEnough {
        _ = try await signIn.start(method).finished()
      } else {
        await #expect(throws: CognitoError(.insufficientUserAuthentication, "")) { try await signIn.start(method) }
      }
    }
  }

  @Test(
    "tokens of a pool that ignored the question are not handed out, and their session is ended",
    arguments: [
      [:], ["acr": "urn:cognito:loa:1"], ["acr": 4], ["acr": "urn:cognito:loa:4", "auth_time": 1_799_999_000],
      ["acr": "urn:cognito:loa:4", "auth_time": .null],
    ] as [[String: JSONValue]])
  func ignored(_ claims: [String: JSONValue]) async throws {
    let script = ServiceScript(ScriptedIssuer.signedIn(claims), [:])
    await #expect(throws: CognitoError(.insufficientUserAuthentication, "")) {
      try await script.client().signIn("ada").start(
        .choice(stepUp: StepUp(levels: Self.levels.atLeast(3), maximumAge: .seconds(60))))
    }
    #expect(script.calls.map(\.operation) == ["InitiateAuth", "RevokeToken"])
    #expect(script.calls.last?.body["Token"] == "refresh-1")
  }

  @Test("the session that was to be stepped up is not ended with the failure")
  func sameSession() async throws {
    let present = ScriptedIssuer.issuer.token(
      use: "access", username: "ada", now: ScriptedIssuer.now, more: ["origin_jti": "origin-1"])
    for (origin, expected) in [("origin-1", ["InitiateAuth"]), ("origin-2", ["InitiateAuth", "RevokeToken"])] {
      let script = ServiceScript(ScriptedIssuer.signedIn(["origin_jti": .string(origin)]), [:])
      await #expect(throws: CognitoError(.insufficientUserAuthentication, "")) {
        try await script.client().signIn("ada").start(
          .choice(stepUp: StepUp(levels: ["urn:cognito:loa:2"], accessToken: present)))
      }
      #expect(script.calls.map(\.operation) == expected)
    }
  }

  @Test(
    "what can't be right isn't sent",
    arguments: [
      StepUp(levels: ["two words"]), StepUp(levels: [""]), StepUp(levels: ["\"quoted\""]),
      StepUp(levels: [String(repeating: "a", count: 65)]), StepUp(levels: ["é"]),
      StepUp(maximumAge: .seconds(-1)), StepUp(maximumAge: .milliseconds(1500)), StepUp(accessToken: "token"),
    ])
  func invalid(_ stepUp: StepUp) async throws {
    let script = ServiceScript([:])
    await #expect(throws: CognitoError(.invalidInput, "")) {
      try await script.client().signIn("ada").start(.choice(stepUp: stepUp))
    }
    #expect(script.calls.isEmpty)
  }

  @Test("a pool's own names of levels take the place of the standard ones")
  func names() async throws {
    let script = ServiceScript([
      "UserPool": ["AcrConfiguration": ["Level2": ["AcrValue": "https://example.com/strong"]]]
    ])
    let levels = try await script.administrator().authenticationLevels()
    script.expectAdminCall("DescribeUserPool")
    #expect(
      levels.names == ["urn:cognito:loa:1", "https://example.com/strong", "urn:cognito:loa:3", "urn:cognito:loa:4"])
    #expect(levels.atLeast(2) == ["urn:cognito:loa:4", "urn:cognito:loa:3", "https://example.com/strong"])
    #expect(levels.atLeast(4) == ["urn:cognito:loa:4"])
    #expect(levels.atLeast(0).count == 4)
    #expect(levels.atLeast(5).isEmpty)
  }
}
