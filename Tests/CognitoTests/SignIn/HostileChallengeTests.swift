import Cognito
import FoundationEssentials
import TestSupport
import Testing

private let password = Secret(utf8: "x")

/// A client whose server gives these answers, one after the other, and then the last one for ever.
private func client(_ answers: JSONValue...) throws -> (UserPoolClient, ScriptedTransport) {
  let transport = ScriptedTransport { index, _ in
    HTTPResponse(status: 200, body: answers[min(index, answers.count - 1)].serialized())
  }
  let client = try UserPoolClient(
    pool: UserPool(id: FakePool.poolID), clientID: FakePool.clientID, transport: transport,
    settings: .init(now: { Date(timeIntervalSince1970: Double(FakePool.now)) }),
    keys: JWKS(Vectors.cognito["jwt"]?["jwks"] ?? .null))
  return (client, transport)
}

private func verifier(_ changes: [String: JSONValue?]) -> JSONValue {
  var parameters: [String: JSONValue] = [
    "SRP_B": "2", "SALT": "1", "SECRET_BLOCK": "AAAA", "USERNAME": "u", "USER_ID_FOR_SRP": "u",
  ]
  for (name, value) in changes { parameters[name] = value }
  return ["ChallengeName": "PASSWORD_VERIFIER", "ChallengeParameters": .object(parameters)]
}

@Suite("Answers of a hostile pool")
struct HostileChallengeTests {
  @Test(
    "a challenge that can't be right is refused, and no proof is sent",
    arguments: [
      verifier(["SRP_B": "0"]), verifier(["SRP_B": .string(SRPGroup.n.hex)]),
      verifier(["SRP_B": .string(SRPGroup.n.adding(SRPGroup.n).hex)]), verifier(["SRP_B": ""]),
      verifier(["SRP_B": "0x2"]), verifier(["SRP_B": .string(String(repeating: "f", count: 5000))]),
      verifier(["SALT": "zz"]), verifier(["SECRET_BLOCK": "*"]), verifier(["SECRET_BLOCK": nil]),
      verifier(["SRP_B": nil]), verifier(["SALT": nil]), verifier(["SRP_B": 7]),
      ["ChallengeName": "PASSWORD_VERIFIER"], ["ChallengeName": ""], ["ChallengeName": 1], [:],
      ["ChallengeName": "bad name"], ["ChallengeName": "DEVICE_SRP_AUTH"],
      ["ChallengeName": "DEVICE_PASSWORD_VERIFIER"], ["AuthenticationResult": [:]],
      ["AuthenticationResult": ["IdToken": "x"]], ["AuthenticationResult": []],
      ["ChallengeName": "WEB_AUTHN"],
      ["ChallengeName": "WEB_AUTHN", "ChallengeParameters": ["CREDENTIAL_REQUEST_OPTIONS": "{"]],
      ["ChallengeName": "SELECT_MFA_TYPE", "ChallengeParameters": ["MFAS_CAN_CHOOSE": "{}"]],
      ["ChallengeName": "NEW_PASSWORD_REQUIRED", "ChallengeParameters": ["userAttributes": "[]"]],
    ] as [JSONValue])
  func refused(_ answer: JSONValue) async throws {
    let (client, transport) = try client(answer)
    let error = await #expect(throws: CognitoError.self) {
      try await client.signIn("alice").start(.srp(password: password))
    }
    #expect(error?.code == .malformedResponse || error?.code == .serverProofRejected)
    #expect(transport.count == 1)
  }

  @Test("a pool that asks without end is left")
  func endless() async throws {
    let (client, transport) = try client(
      verifier([:]), ["ChallengeName": "PASSWORD_SRP", "ChallengeParameters": ["USERNAME": "u"]])
    await #expect(throws: CognitoError(.malformedResponse, "")) {
      try await client.signIn("alice").start(.srp(password: password))
    }
    #expect(transport.count < 12)
  }

  @Test("tokens of another issuer, client or user are refused, however they come")
  func strangers() async throws {
    let now = FakePool.now
    let good = TestIssuer(
      issuer: "https://cognito-idp.eu-north-1.amazonaws.com/\(FakePool.poolID)", clientID: FakePool.clientID)
    let otherPool = TestIssuer(issuer: "https://evil.example", clientID: FakePool.clientID)
    let otherClient = TestIssuer(issuer: good.issuer, clientID: "other")
    let mixed: JSONValue = [
      "IdToken": .string(good.token(use: "id", username: "mallory", now: now)),
      "AccessToken": .string(good.token(use: "access", username: "alice", now: now)),
    ]
    let swapped: JSONValue = [
      "IdToken": .string(good.token(use: "access", username: "alice", now: now)),
      "AccessToken": .string(good.token(use: "id", username: "alice", now: now)),
    ]
    for result in [
      otherPool.result(username: "alice", now: now), otherClient.result(username: "alice", now: now), mixed, swapped,
    ] {
      let (client, _) = try client(["AuthenticationResult": result])
      await #expect(throws: CognitoError(.tokenClaimMismatch, "")) {
        try await client.signIn("alice").start(.password(password))
      }
    }
  }

  @Test("a clock that is wrong is named as the reason", arguments: [-7200, 7200] as [Int64])
  func clock(_ offset: Int64) async throws {
    let issuer = TestIssuer(
      issuer: "https://cognito-idp.eu-north-1.amazonaws.com/\(FakePool.poolID)", clientID: FakePool.clientID)
    let result = issuer.result(
      username: "alice", now: FakePool.now + offset, more: ["nbf": .int(FakePool.now + offset)])
    let (client, _) = try client(["AuthenticationResult": result])
    let error = await #expect(throws: CognitoError.self) {
      try await client.signIn("alice").start(.password(password))
    }
    #expect(error?.code == (offset < 0 ? .tokenExpired : .tokenNotYetValid))
    #expect(error?.message.contains("clock") == true)
  }
}
