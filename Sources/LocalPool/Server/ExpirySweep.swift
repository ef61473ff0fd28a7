import FoundationEssentials
import Logging

/// Drops what has expired, from time to time.
enum ExpirySweep {
  /// A day longer than need be: a client with a token of yesterday still learns that it expired.
  private static let keep: Double = 86_400
  private static let interval = Duration.seconds(600)

  /// Works until it is cancelled.
  static func start(_ context: PoolContext) -> Task<Void, Never> {
    Task {
      while !Task.isCancelled {
        do {
          let moment = context.clock.now.addingTimeInterval(-keep)
          try context.store.write { transaction in
            try transaction.sessions.removeExpired(at: moment)
            try transaction.strangers.removeExpired(before: moment)
          }
        } catch {
          context.logger.error("what has expired could not be removed", metadata: ["error": "\(error)"])
        }
        try? await Task.sleep(for: interval)
      }
    }
  }
}
