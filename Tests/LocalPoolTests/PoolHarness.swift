import Cognito
import FoundationEssentials
import LocalPool
import Logging
import TestSupport

/// A pool's server without its HTTP: operations are called by name, with JSON, at a time that the test sets.
struct PoolHarness {
  let directory = TemporaryDirectory()
  let clock = PoolClock(frozenAt: Date(timeIntervalSince1970: 1_800_000_000))
  let context: PoolContext

  init(triggers: any TriggerRunner = NoTriggers()) throws {
    let store = try PoolStore(directory: directory.path)
    context = try PoolContext(
      store: store, clock: clock, outbox: StoredOutbox(store: store), triggers: triggers,
      endpoint: "http://127.0.0.1:9", logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  /// Runs an operation the way the endpoint does: shape first. An access token isn't checked here: `caller` is whose it is.
  @discardableResult
  func call(
    _ name: String, _ input: JSONValue, caller: Caller? = nil, from address: String = "127.0.0.1",
    userAgent: String = "", isSigned: Bool = false
  ) throws -> JSONValue {
    guard let operation = OperationRegistry.operation(named: name) else { throw PoolException.unknownOperation }
    let input = OperationInput(input.object ?? [:])
    try operation.checkInput(input)
    return try operation.handle(
      OperationRequest(
        operation: name, input: input, context: context, caller: caller, requestID: "test",
        sourceAddress: address, userAgent: userAgent, isSigned: isSigned))
  }

  /// What an operation refuses with; nil when it doesn't.
  func refusal(_ name: String, _ input: JSONValue, caller: Caller? = nil) throws -> PoolException? {
    do {
      try call(name, input, caller: caller)
      return nil
    } catch let error as PoolException {
      return error
    }
  }

  /// A pool with these settings; its id.
  func makePool(_ settings: [String: JSONValue] = [:]) throws -> String {
    let input = settings.merging(["PoolName": "test"]) { given, _ in given }
    return try call("CreateUserPool", .object(input))["UserPool"]?["Id"]?.string ?? ""
  }

  /// An app client with these settings; its id.
  func makeClient(_ pool: String, _ settings: [String: JSONValue] = [:]) throws -> String {
    let input = settings.merging(["UserPoolId": .string(pool), "ClientName": "app"]) { given, _ in given }
    return try call("CreateUserPoolClient", .object(input))["UserPoolClient"]?["ClientId"]?.string ?? ""
  }

  /// The newest message in the outbox.
  func lastMessage() throws -> OutboxMessage? {
    try context.store.read { try $0.outbox.list(limit: 10_000) }.last
  }
}
