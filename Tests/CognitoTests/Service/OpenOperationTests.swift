import Cognito
import TestSupport
import Testing

@Suite("Operations by their names")
struct OpenOperationTests {
  @Test("what is known of an operation is taken as it is, and what isn't is signed and sent once")
  func known() {
    #expect(OpenOperation("GetUser").auth == .none)
    #expect(OpenOperation("GetUser").isRepeatable)
    #expect(OpenOperation("DescribeUserPool").auth == .signed)
    #expect(OpenOperation("DescribeUserPool").isRepeatable)
    #expect(!OpenOperation("GetTokensFromRefreshToken").isRepeatable)
    #expect(OpenOperation("InventedOperation").auth == .signed)
    #expect(!OpenOperation("InventedOperation").isRepeatable)
    let own = OpenOperation("InventedOperation", auth: ServiceClient.Authentication.none, isRepeatable: true)
    #expect(own.auth == .none)
    #expect(own.isRepeatable)
  }

  @Test("each of the three who may call adds what shows who calls")
  func callers() async throws {
    let output: JSONValue = ["Result": 1]
    let user = ServiceScript(output)
    #expect(
      try await user.user().call(OpenOperation("GetUserAuthFactors"), ["A": "b"]) == output)
    user.expectUserCall("GetUserAuthFactors", ["A": "b"])
    let administrator = ServiceScript(output)
    #expect(try await administrator.administrator().call(OpenOperation("NewAdminThing"), ["A": "b"]) == output)
    administrator.expectAdminCall("NewAdminThing", ["A": "b"])
    let client = ServiceScript(output)
    let unsigned = OpenOperation("NewClientThing", auth: ServiceClient.Authentication.none)
    #expect(try await client.client().call(unsigned) == output)
    client.expect("NewClientThing", ["ClientId": "client1"], signed: false)
  }

  @Test("an input that says itself who is meant is left as it is")
  func ownMembers() async throws {
    let script = ServiceScript([:])
    try await script.administrator().call(OpenOperation("DescribeUserPool"), ["UserPoolId": "eu-north-1_Other"])
    #expect(script.calls.first?.body == ["UserPoolId": "eu-north-1_Other"])
    try await script.administrator().call(OpenOperation("CreateUserPool"), ["PoolName": "p"])
    #expect(script.calls.last?.body == ["PoolName": "p"])
  }

  @Test("a repeatable operation is tried again like any other, and its errors are like all")
  func retries() async throws {
    let transport = ScriptedTransport { index, _ in
      guard index > 0 else { throw CognitoError(.network, "broken") }
      return HTTPResponse(status: 400, body: Array(#"{"__type":"OperationNotEnabledException","message":"m"}"#.utf8))
    }
    var settings = ServiceClient.Settings()
    settings.retry.sleep = { _ in }
    let service = ServiceClient(
      .userPools, region: "eu-north-1", endpoint: "https://example.com", transport: transport, settings: settings)
    let read = OpenOperation("NewRead", auth: ServiceClient.Authentication.none, isRepeatable: true)
    await #expect(throws: CognitoError(.operationNotEnabled, "")) { try await service.call(read) }
    #expect(transport.count == 2)
    let change = OpenOperation("NewChange", auth: ServiceClient.Authentication.none)
    let again = ScriptedTransport { _, _ in throw CognitoError(.network, "broken") }
    let other = ServiceClient(
      .userPools, region: "eu-north-1", endpoint: "https://example.com", transport: again, settings: settings)
    await #expect(throws: CognitoError(.network, "")) { try await other.call(change) }
    #expect(again.count == 1)
  }

  @Test("a signed operation without AWS credentials says what is missing, and isn't sent")
  func noCredentials() async throws {
    let script = ServiceScript([:])
    await #expect(throws: CognitoError(.credentialsNotFound, "")) {
      try await script.client().call(OpenOperation("NewThing"))
    }
    #expect(script.calls.isEmpty)
  }

  @Test(
    "a name that could break out of its header isn't sent",
    arguments: ["", "A B", "A\r\nX-Evil: 1", "Ä", "a.b", String(repeating: "a", count: 129)])
  func wrongName(_ name: String) async throws {
    let script = ServiceScript([:])
    await #expect(throws: CognitoError(.invalidInput, "")) {
      try await script.client().service.call(OpenOperation(name, auth: ServiceClient.Authentication.none))
    }
    #expect(script.calls.isEmpty)
  }

  @Test("another service's operation, and an input that is no object, aren't sent")
  func wrongService() async throws {
    let script = ServiceScript([:])
    await #expect(throws: CognitoError(.invalidInput, "")) {
      try await script.client().service.call(OpenOperation("GetId", service: .identityPools))
    }
    await #expect(throws: CognitoError(.invalidInput, "")) {
      try await script.client().service.call(OpenOperation("GetUser"), ["a"])
    }
    #expect(script.calls.isEmpty)
  }
}
