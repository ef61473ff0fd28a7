import NIOCore
import NIOPosix

/// A mail server that takes messages in clear and without a password: a relay on this machine, or a catcher for tests such
/// as Mailpit.
package struct SMTPRelay: MailTransport {
  private static let connectTime = TimeAmount.seconds(5)
  /// For all of a delivery. RFC 5321 grants a server minutes for a step; one that is near needs none of them.
  private static let deliveryTime = TimeAmount.seconds(30)

  let host: String
  let port: Int

  package init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  func deliver(_ message: OutboxMessage) async throws(SMTPFailure) {
    guard let recipient = MailAddress(of: message) else { throw .unsendable("the address isn't one for mail") }
    let text = MailText.of(message, id: "\(message.id).\(message.poolID)")
    do {
      try await converse { dialogue in try await dialogue.send(text, to: recipient) }
    } catch let failure as SMTPFailure {
      throw failure
    } catch {
      throw .unreachable("no conversation with \(host):\(port): \(error)")
    }
  }

  private func converse(_ body: (inout SMTPDialogue) async throws -> Void) async throws {
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connectTimeout(Self.connectTime)
      .connect(host: host, port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(ByteToMessageHandler(SMTPReplyDecoder()))
          return try NIOAsyncChannel<SMTPReply, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
      }
    let deadline = channel.channel.eventLoop.scheduleTask(in: Self.deliveryTime) {
      channel.channel.close(promise: nil)
    }
    defer { deadline.cancel() }
    try await channel.executeThenClose { inbound, outbound in
      var dialogue = SMTPDialogue(replies: inbound.makeAsyncIterator(), commands: outbound)
      try await body(&dialogue)
    }
  }
}
