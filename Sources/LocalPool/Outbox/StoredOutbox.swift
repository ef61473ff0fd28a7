/// Keeps every message in the store, and gives it to further sinks (a maildir, an SMTP server).
package struct StoredOutbox: OutboxSink {
  private let store: PoolStore
  private let others: [any OutboxSink]

  package init(store: PoolStore, others: [any OutboxSink] = []) {
    self.store = store
    self.others = others
  }

  package func deliver(_ message: OutboxMessage) throws {
    try store.write { try $0.outbox.insert(message) }
    for sink in others {
      do {
        try sink.deliver(message)
      } catch {
        throw ServiceError("CodeDeliveryFailureException", "Unable to deliver the message: \(error)")
      }
    }
  }
}
