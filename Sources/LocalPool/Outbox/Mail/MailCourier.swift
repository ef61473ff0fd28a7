import FoundationEssentials
import Logging
import Synchronization

/// Who takes a message to a mail server.
protocol MailTransport: Sendable {
  func deliver(_ message: OutboxMessage) async throws(SMTPFailure)
}

/// Takes the messages of the outbox to a mail server, after they are stored: a server that is down or slow holds nobody up,
/// and loses no message, for each waits in the store until it was taken, also over a restart. What isn't taken after a day
/// and a half of trying, or is refused for good, stays in the outbox and is told in the log.
package final class MailCourier: Sendable {
  /// Seconds to wait after each failure; after the last one the courier gives up.
  static let pauses: [Int64] = [1, 2, 5, 15, 60, 300, 1800, 7200, 28_800, 86_400]
  private static let messagesATurn = 100

  private let transport: any MailTransport
  private let now: @Sendable () -> Date
  private let logger: Logger
  private let alarm = Mutex(Alarm())

  private struct Alarm {
    var isRinging = false
    var sleeper: Task<Void, Never>?
  }

  init(transport: any MailTransport, now: @escaping @Sendable () -> Date = { Date() }, logger: Logger) {
    self.transport = transport
    self.now = now
    self.logger = logger
  }

  /// Puts a message into the queue, in the transaction that stores it.
  func enqueue(_ message: Int64, _ transaction: Transaction<ReadWrite>) throws {
    try transaction.mailQueue.save(.init(message: message, attempts: 0, due: epoch))
  }

  /// Says that there is something in the queue.
  func wake() {
    alarm.withLock { alarm in
      alarm.isRinging = true
      alarm.sleeper?.cancel()
    }
  }

  /// Works until it is cancelled.
  func start(_ store: PoolStore) -> Task<Void, Never> {
    Task {
      while !Task.isCancelled {
        let pause = await turn(store)
        await rest(pause)
      }
    }
  }

  /// Delivers what is due.
  /// - Returns: seconds until something will be; nil when nothing waits.
  func turn(_ store: PoolStore) async -> Int64? {
    do {
      for entry in try store.read({ try $0.mailQueue.next(limit: Self.messagesATurn) }) {
        guard entry.due <= epoch else { break }
        guard !Task.isCancelled else { return nil }
        guard let message = try store.read({ try $0.outbox.find(entry.message) }) else {
          try store.write { try $0.mailQueue.remove(entry.message) }
          continue
        }
        if let pause = try await deliver(message, entry, store) { return pause }
      }
      guard let next = try store.read({ try $0.mailQueue.next(limit: 1) }).first else { return nil }
      return max(0, next.due - epoch)
    } catch {
      logger.error("the mail queue can't be read", metadata: ["error": "\(error)"])
      return 60
    }
  }

  /// - Returns: how long to leave the server alone, when it can't be reached.
  private func deliver(
    _ message: OutboxMessage, _ entry: MailQueueTable<ReadOnly>.Entry, _ store: PoolStore
  ) async throws -> Int64? {
    do {
      try await transport.deliver(message)
      try store.write { try $0.mailQueue.remove(message.id) }
      return nil
    } catch let failure as SMTPFailure {
      let details: Logger.Metadata = ["message": "\(message.id)", "reason": "\(failure)"]
      guard !failure.isPermanent, entry.attempts < Self.pauses.count else {
        logger.error("a message wasn't sent, and won't be; it is in the outbox", metadata: details)
        try store.write { try $0.mailQueue.remove(message.id) }
        return nil
      }
      let pause = Self.pauses[entry.attempts]
      logger.warning("a message wasn't sent; it will be tried again in \(pause) s", metadata: details)
      try store.write {
        try $0.mailQueue.save(.init(message: message.id, attempts: entry.attempts + 1, due: epoch + pause))
      }
      return failure.isOfServer ? min(pause, 60) : nil
    }
  }

  /// Sleeps so long, or until there is a new message.
  private func rest(_ seconds: Int64?) async {
    let sleeper = alarm.withLock { alarm -> Task<Void, Never>? in
      guard !alarm.isRinging else { return nil }
      let sleeper = Task { _ = try? await Task.sleep(for: .seconds(seconds ?? 3600)) }
      alarm.sleeper = sleeper
      return sleeper
    }
    await withTaskCancellationHandler {
      await sleeper?.value
    } onCancel: {
      sleeper?.cancel()
    }
    alarm.withLock { $0 = Alarm() }
  }

  private var epoch: Int64 { Int64(now().timeIntervalSince1970) }
}
