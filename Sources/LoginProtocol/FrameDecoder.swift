import SystemSupport

/// Bytes as they come from a socket → messages. After an error the connection is to be closed: the decoder stays broken.
package struct FrameDecoder: ~Copyable {
  private let receiver: Receiver
  private var buffer: [UInt8] = []
  private var failure: FrameError?

  /// - Parameter receiver: the end that reads; messages not meant for it are refused.
  package init(for receiver: Receiver) { self.receiver = receiver }

  deinit {
    var rest = buffer
    wipe(&rest)
  }

  /// How many bytes wait for the rest of their frame.
  package var pending: Int { buffer.count }

  package mutating func append(_ bytes: some Collection<UInt8>) {
    // Half an answer may lie in it.
    buffer.appendWiping(bytes)
  }

  /// The next whole message, or nil when more bytes are needed.
  package mutating func next() throws(FrameError) -> LoginMessage? {
    if let failure { throw failure }
    do throws(FrameError) {
      guard buffer.count >= 4 else { return nil }
      let size = buffer[..<4].reduce(0) { $0 << 8 | Int($1) }
      guard size > 0 else { throw FrameError(.empty) }
      guard size <= receiver.maximumPayload else { throw FrameError(.oversize) }
      guard buffer.count >= 4 + size else { return nil }
      let message = try MessageReader.read(buffer[4..<4 + size], for: receiver)
      var rest = Array(buffer[(4 + size)...])
      swap(&rest, &buffer)
      wipe(&rest)
      return message
    } catch {
      failure = error
      wipe(&buffer)
      throw error
    }
  }

  /// The one message in `frame`, which must hold nothing else.
  package static func decode(_ frame: [UInt8], for receiver: Receiver) throws(FrameError) -> LoginMessage {
    var decoder = FrameDecoder(for: receiver)
    decoder.append(frame)
    guard let message = try decoder.next() else { throw FrameError(.truncated) }
    guard decoder.pending == 0 else { throw FrameError(.trailingBytes) }
    return message
  }
}
