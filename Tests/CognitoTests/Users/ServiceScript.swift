import Cognito
import FoundationEssentials
import TestSupport
import Testing

/// A service that gives the answers of a list, one after the other, and remembers what it was asked.
struct ServiceScript: Sendable {
  static let poolID = "eu-north-1_TestPool1"
  static let now = Date(timeIntervalSince1970: 1_800_000_000)
  static let key = AWSCredentials(accessKeyID: "AKIATEST", secretAccessKey: Secret(utf8: "secret"))

  let transport: ScriptedTransport

  /// - Parameter outputs: the last one is given again and again.
  init(_ outputs: JSONValue...) {
    transport = ScriptedTransport { index, _ in
      HTTPResponse(status: 200, body: outputs[min(index, outputs.count - 1)].serialized())
    }
  }

  func client(secret: String? = nil) throws -> UserPoolClient {
    try UserPoolClient(
      pool: UserPool(id: Self.poolID), clientID: "client1", clientSecret: secret.map { Secret(utf8: $0) },
      transport: transport, settings: .init(retry: .never, now: { Self.now }), keys: JWKS(Self.noKeys))
  }

  func user() throws -> SignedInUser { try client().user(accessToken: "token-1") }

  func administrator() throws -> UserPoolAdministrator {
    try UserPoolAdministrator(
      pool: UserPool(id: Self.poolID), credentials: Self.key, transport: transport,
      settings: .init(retry: .never, now: { Self.now }))
  }

  private static let noKeys = Vectors.cognito["jwt"]?["jwks"] ?? .null

  /// The calls so far, as "Operation" and body.
  var calls: [(operation: String, body: JSONValue, isSigned: Bool)] {
    transport.requests.map { request in
      (
        String(request.header("x-amz-target")?.split(separator: ".").last ?? ""),
        (try? JSONValue.parse(request.body)) ?? .null,
        request.header("authorization")?.hasPrefix("AWS4-HMAC-SHA256 Credential=AKIATEST/") == true
      )
    }
  }

  /// Expects exactly one call: its name, its whole body, and whether it is signed.
  func expect(
    _ operation: String, _ body: JSONValue, signed: Bool, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let calls = calls
    #expect(calls.count == 1, sourceLocation: sourceLocation)
    #expect(calls.first?.operation == operation, sourceLocation: sourceLocation)
    #expect(calls.first?.body == body, sourceLocation: sourceLocation)
    #expect(calls.first?.isSigned == signed, sourceLocation: sourceLocation)
  }

  /// Expects one unsigned call with the access token.
  func expectUserCall(
    _ operation: String, _ members: [String: JSONValue] = [:], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var members = members
    members["AccessToken"] = "token-1"
    expect(operation, .object(members), signed: false, sourceLocation: sourceLocation)
  }

  /// Expects one signed call about the pool.
  func expectAdminCall(
    _ operation: String, _ members: [String: JSONValue] = [:], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var members = members
    members["UserPoolId"] = .string(Self.poolID)
    expect(operation, .object(members), signed: true, sourceLocation: sourceLocation)
  }
}
