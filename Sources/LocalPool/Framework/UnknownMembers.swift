import Cognito
import Logging
import Synchronization

/// Tells the log, once for each, of members of requests that have no effect here, because the model doesn't know them or
/// because the pool does nothing by them: a setting must not be dropped without a word.
package final class UnknownMembers: Sendable {
  /// What somebody sends at random must not fill the memory or the log.
  private static let most = 1000

  private let told = Mutex<Set<String>>([])

  func report(_ input: OperationInput, to operation: any PoolOperation.Type, _ logger: Logger) {
    for (name, value) in input.members.sorted(by: { $0.key < $1.key }) where value != .null {
      if !InputCheck.knows(name, of: operation.name) {
        tell("a member of the request isn't known and has no effect", operation, name, logger)
      } else if let parts = MembersWithoutEffect.parts(of: name) {
        let sent = parts.isEmpty ? [name] : parts.filter { value[$0] != nil }.map { "\(name).\($0)" }
        for part in sent { tell("a member of the request is kept, but has no effect here", operation, part, logger) }
      }
    }
  }

  private func tell(_ what: Logger.Message, _ operation: any PoolOperation.Type, _ name: String, _ logger: Logger) {
    let isNew = told.withLock { told in
      told.count < Self.most && told.insert("\(operation.name).\(name.prefix(128))").inserted
    }
    guard isNew else { return }
    logger.notice(what, metadata: ["operation": "\(operation.name)", "member": "\(name.prefix(128).debugDescription)"])
  }
}
