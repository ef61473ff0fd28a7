import Cognito
import Logging

/// A pool's state without its server: for the commands that manage it, also while a server runs on the same directory.
package struct PoolDesk: Sendable {
  package let context: PoolContext

  /// - Throws: when the directory isn't a pool's state.
  package init(stateDirectory: String) throws {
    let store = try PoolStore(directory: stateDirectory)
    context = try PoolContext(
      store: store, outbox: StoredOutbox(store: store), endpoint: "http://127.0.0.1",
      logger: Logger(label: "cognito-pool") { _ in SwiftLogNoOpLogHandler() })
  }

  /// The pool of this id, or the first one.
  package func pool(_ id: String?) throws -> PoolRecord {
    if let id { return try context.pool(id) }
    guard let first = try context.store.read({ try $0.pools.list(limit: 1).first }) else {
      throw ImportError(
        description: "There is no pool yet: start `cognito-pool serve`, or make one with `cognito-pool pool create`.")
    }
    return first
  }

  /// The whole list behind an operation that gives it page by page.
  ///
  /// - Parameters:
  ///   - list: the member of the answer that holds a page, e.g. `Groups`.
  ///   - limit: the member of the input that says how long a page may be.
  ///   - token: the member that leads to the next page, in the answer as in the input.
  package func all(
    _ operation: String, _ input: [String: JSONValue], list: String, limit: String = "Limit",
    token: String = "NextToken"
  ) throws -> [JSONValue] {
    var items: [JSONValue] = []
    var input = input.merging([limit: 60]) { $1 }
    repeat {
      let page = try perform(operation, input)
      items += page[list]?.array ?? []
      input[token] = page[token]
    } while input[token] != nil
    return items
  }

  /// Runs an operation as an administrator.
  @discardableResult
  package func perform(_ operation: String, _ input: [String: JSONValue]) throws -> JSONValue {
    try Responder.perform(operation, OperationInput(input), context)
  }
}
