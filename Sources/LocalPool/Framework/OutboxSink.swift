/// Takes the messages that AWS would send by SMS or e-mail.
package protocol OutboxSink: Sendable {
  func deliver(_ message: OutboxMessage) throws
}
