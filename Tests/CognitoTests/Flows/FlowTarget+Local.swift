import Cognito
import LocalPool
import TestSupport

/// What only the pool of this repository lets a test see and change.
extension FlowTarget {
  struct NotLocal: Error {}

  private func requireLocal() throws -> LocalUserPool {
    guard let local else { throw NotLocal() }
    return local
  }

  /// The newest code that was sent. Another server than ours takes any.
  func lastCode() throws -> String {
    guard let local else { return "123456" }
    return try sent(local).last?.code ?? ""
  }

  /// The messages so far, with where each went.
  func destinations() throws -> [String] { try sent(requireLocal()).map(\.destination) }

  private func sent(_ local: LocalUserPool) throws -> [OutboxMessage] {
    try local.context.store.read { try $0.outbox.list(pool: pool.id, limit: 1000) }
  }

  /// Lets time pass, for the pool and for the clients.
  func advance(by seconds: Double) throws {
    try requireLocal().advanceClock(by: .seconds(seconds))
    clock.advance(by: seconds)
  }

  /// How many requests for an operation, or a path, have reached the pool.
  func requests(_ operation: String) throws -> Int {
    try requireLocal().context.requestLog?.latest.count { $0.operation.hasSuffix(operation) } ?? 0
  }

  /// Uses the control interface, over HTTP as a test in another language would.
  func control(_ path: String, _ body: JSONValue) async throws {
    let request = HTTPRequest(
      method: "POST", url: "\(pool.endpoint)/_control/\(path)", headers: [.init("Content-Type", "application/json")],
      body: body.serialized())
    let response = try await Self.transport.send(request, deadline: .now + settings.timeout)
    guard response.status == 200 else { throw NotLocal() }
  }
}
