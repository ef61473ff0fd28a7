import LoginProtocol
import NIOCore
import SystemSupport

/// Bytes ↔ messages in a channel. Wipes what it has read and written: passwords and tokens pass here.
final class FrameHandler: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = LoginMessage
  typealias OutboundIn = LoginMessage
  typealias OutboundOut = ByteBuffer

  private var decoder = FrameDecoder(for: .daemon)

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let bytes = unwrapInboundIn(data)
    decoder.append(bytes.readableBytesView)
    Self.erase(bytes)
    do {
      while let message = try decoder.next() { context.fireChannelRead(wrapInboundOut(message)) }
    } catch {
      context.fireErrorCaught(error)
      context.close(promise: nil)
    }
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    do {
      var frame = try FrameEncoder.encode(unwrapOutboundIn(data))
      defer { wipe(&frame) }
      var bytes = context.channel.allocator.buffer(capacity: frame.count)
      bytes.writeBytes(frame)
      let written = context.eventLoop.makePromise(of: Void.self)
      written.futureResult.assumeIsolated().whenComplete { [bytes] _ in Self.erase(bytes) }
      written.futureResult.cascade(to: promise)
      context.write(wrapOutboundOut(bytes), promise: written)
    } catch {
      promise?.fail(error)
    }
  }

  /// Overwrites the very memory that NIO used, which it keeps for the next read. A mutating call would make a copy first
  /// and wipe that one. Safe because nobody reads these bytes any more.
  private static func erase(_ buffer: ByteBuffer) {
    buffer.withVeryUnsafeBytes { memory in
      wipe(UnsafeRawBufferPointer(rebasing: memory.prefix(buffer.writerIndex)))
    }
  }
}
