import Cognito
import LoginProtocol
import NIOCore

/// One connection's messages, each wait with a deadline: whoever is late, or stops reading, is cut off, and holds nobody
/// but itself. Used by one task.
final class Dialogue {
  private let channel: any Channel
  private var inbound: NIOAsyncChannelInboundStream<LoginMessage>.AsyncIterator
  private let limits: ConnectionLimits
  private var framesLeft: Int

  init(
    _ channel: any Channel, inbound: NIOAsyncChannelInboundStream<LoginMessage>, limits: ConnectionLimits
  ) {
    self.channel = channel
    self.inbound = inbound.makeAsyncIterator()
    self.limits = limits
    framesLeft = limits.frames
  }

  /// The next message; nil when the other end has closed.
  func receive(within limit: Duration) async throws -> LoginMessage? {
    guard framesLeft > 0 else { throw ConversationEnded(.tooLong) }
    framesLeft -= 1
    let watchdog = Watchdog(channel, limit)
    defer { watchdog.cancel() }
    do {
      let message = try await inbound.next()
      if message == nil, watchdog.hasFired { throw ConversationEnded(.tooSlow) }
      return message
    } catch let ended as ConversationEnded {
      throw ended
    } catch is FrameError {
      throw ConversationEnded(.brokenFrame)
    } catch {
      throw ConversationEnded(watchdog.hasFired ? .tooSlow : .closed)
    }
  }

  /// Returns when the kernel has taken all of the message.
  func send(_ message: LoginMessage) async throws {
    let watchdog = Watchdog(channel, limits.write)
    defer { watchdog.cancel() }
    do {
      try await channel.writeAndFlush(message)
    } catch {
      throw ConversationEnded(watchdog.hasFired ? .tooSlow : .closed)
    }
  }
}

extension Dialogue: Prompter {
  func ask(_ prompt: Prompt) async throws -> Secret {
    try await send(.prompt(prompt))
    switch try await receive(within: limits.answer) {
    case .answer(let answer): return answer.withBytes { Secret(bytes: $0) }
    case .cancel: throw ConversationEnded(.cancelled)
    case nil: throw ConversationEnded(.closed)
    default: throw ConversationEnded(.brokenFrame)
    }
  }

  func tell(_ text: String) async throws { try await send(.info(text)) }

  func warn(_ text: String) async throws { try await send(.error(text)) }
}
