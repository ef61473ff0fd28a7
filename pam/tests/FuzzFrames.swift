// libFuzzer target for the Swift decoder, compiled together with Sources/LoginProtocol. The first byte picks the receiver.

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
  let input = UnsafeBufferPointer(start: data, count: size)
  guard let first = input.first else { return 0 }
  let receiver = Receiver.allCases[Int(first) % Receiver.allCases.count]
  let bytes = Array(input.dropFirst())

  // In one piece, and in two: the same messages must come out.
  let whole = messages(in: [bytes], for: receiver)
  let cut = bytes.count / 2
  let halves = messages(in: [Array(bytes[..<cut]), Array(bytes[cut...])], for: receiver)
  precondition(whole == halves)

  // What was read encodes to the bytes that were read.
  var encoded: [UInt8] = []
  for message in whole {
    guard let frame = try? FrameEncoder.encode(message) else { preconditionFailure("read, but can't be written") }
    encoded += frame
    precondition(!"\(message)".isEmpty)
  }
  precondition(bytes.starts(with: encoded))
  return 0
}

private func messages(in pieces: [[UInt8]], for receiver: Receiver) -> [LoginMessage] {
  var decoder = FrameDecoder(for: receiver)
  var list: [LoginMessage] = []
  for piece in pieces {
    decoder.append(piece)
    do {
      while let message = try decoder.next() { list.append(message) }
    } catch {
      return list
    }
  }
  return list
}
