import Cognito
import Logging
import Synchronization

/// Tells the log, once for each, of members of requests that an operation doesn't know: a setting that has no effect here must
/// not be dropped without a word.
package final class UnknownMembers: Sendable {
  /// What somebody sends at random must not fill the memory or the log.
  private static let most = 1000

  private let told = Mutex<Set<String>>([])

  func report(_ input: OperationInput, to operation: any PoolOperation.Type, _ logger: Logger) {
    let known = Set(operation.shape.members.map(\.name))
    // An operation without a shape reads its input by itself.
    guard !known.isEmpty else { return }
    for name in input.members.keys.sorted() where !known.contains(name) {
      let isNew = told.withLock { told in
        told.count < Self.most && told.insert("\(operation.name).\(name.prefix(128))").inserted
      }
      guard isNew else { continue }
      logger.notice(
        "a member of the request isn't known and has no effect",
        metadata: ["operation": "\(operation.name)", "member": "\(name.prefix(128).debugDescription)"])
    }
  }
}
