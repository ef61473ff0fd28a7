/// Bytes as they come from a socket → messages. After an error the connection is to be closed: the decoder stays broken.
package struct FrameDecoder: ~Copyable {
  private let receiver: Receiver
  private var buffer: [UInt8] = []
  private var failure: FrameError?

  /// - Parameter receiver: the end that reads; messages not meant for it are refused.
  package init(for receiver: Receiver) { self.receiver = receiver }

  deinit {
    var rest = buffer
    FrameEncoder.wipe(&rest)
  }

  /// How many bytes wait for the rest of their frame.
  package var pending: Int { buffer.count }

  package mutating func append(_ bytes: some Collection<UInt8>) {
    if buffer.capacity < buffer.count + bytes.count {
      // Grown by hand, so that the old memory is wiped: half an answer may lie in it.
      var larger: [UInt8] = []
      larger.reserveCapacity(2 * (buffer.count + bytes.count))
      larger.append(contentsOf: buffer)
      swap(&larger, &buffer)
      FrameEncoder.wipe(&larger)
    }
    buffer.append(contentsOf: bytes)
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
      FrameEncoder.wipe(&rest)
      return message
    } catch {
      failure = error
      FrameEncoder.wipe(&buffer)
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
