/// Keeps every message in the store, and gives it to further sinks: a maildir at once, a mail server afterwards.
package struct StoredOutbox: OutboxSink {
  private let store: PoolStore
  private let others: [any OutboxSink]
  private let courier: MailCourier?

  package init(store: PoolStore, others: [any OutboxSink] = [], courier: MailCourier? = nil) {
    self.store = store
    self.others = others
    self.courier = courier
  }

  package func deliver(_ message: OutboxMessage) throws {
    try store.write { transaction in
      let id = try transaction.outbox.insert(message)
      try courier?.enqueue(id, transaction)
    }
    courier?.wake()
    for sink in others {
      do {
        try sink.deliver(message)
      } catch {
        throw PoolException("CodeDeliveryFailureException", "Unable to deliver the message: \(error)")
      }
    }
  }
}
