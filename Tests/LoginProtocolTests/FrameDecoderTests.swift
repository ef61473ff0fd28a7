import LoginProtocol
import Testing

@Suite("Decoding a stream")
struct FrameDecoderTests {
  @Test("two frames in one read come out as two messages")
  func twoFrames() throws {
    var decoder = FrameDecoder(for: .daemon)
    decoder.append(try FrameEncoder.encode(.answer(SecretBytes(utf8: "a"))) + FrameEncoder.encode(.cancel))
    #expect(try decoder.next() == .answer(SecretBytes(utf8: "a")))
    #expect(try decoder.next() == .cancel)
    #expect(try decoder.next() == nil)
  }

  @Test("a frame sent byte by byte comes out whole")
  func byteByByte() throws {
    let message = LoginMessage.lease(
      try #require(LeaseID("L")), document: SecretBytes([UInt8](repeating: 0x20, count: 20_000)))
    var decoder = FrameDecoder(for: .client)
    var received: LoginMessage?
    for byte in try FrameEncoder.encode(message) {
      #expect(received == nil)
      decoder.append([byte])
      received = try decoder.next()
    }
    #expect(received == message)
  }

  @Test("the length cap is checked before the payload comes")
  func oversizeAtOnce() {
    var decoder = FrameDecoder(for: .daemon)
    decoder.append([0, 0, 0x40, 1])
    #expect(throws: FrameError(.oversize)) { try decoder.next() }
  }

  @Test("after a refused frame the decoder stays broken")
  func staysBroken() throws {
    var decoder = FrameDecoder(for: .daemon)
    decoder.append([0, 0, 0, 1, 0xff])
    #expect(throws: FrameError(.unknownType(0xff))) { try decoder.next() }
    decoder.append(try FrameEncoder.encode(.cancel))
    #expect(throws: FrameError(.unknownType(0xff))) { try decoder.next() }
  }

  @Test("random bytes are refused or read, and what is read encodes to the same bytes")
  func randomBytes() throws {
    var generator = SplitMix(state: 20_261_124)
    let seeds = FrameVector.all.filter(\.isAccepted)
    for round in 0..<3000 {
      let seed = seeds[round % seeds.count]
      guard seed.frame.count < 300 else { continue }
      var frame = seed.frame
      for _ in 0...(generator.next() % 3) {
        frame[4 + Int(generator.next() % UInt64(frame.count - 4))] = UInt8(truncatingIfNeeded: generator.next())
      }
      if let message = try? FrameDecoder.decode(frame, for: seed.receiver) {
        #expect(try FrameEncoder.encode(message) == frame)
      }
    }
  }

  private struct SplitMix {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var z = state
      z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
      return z ^ z >> 31
    }
  }
}

@Suite("Encoding")
struct FrameEncoderTests {
  @Test(
    "a message that breaks a rule can't be sent",
    arguments: [
      (LoginMessage.info(""), FieldTag.text), (.info("a\u{1b}[2J"), .text),
      (.error(String(repeating: "x", count: 4097)), .text),
      (.answer(SecretBytes(utf8: "a\0b")), .answer), (.answer(SecretBytes([0xff])), .answer),
      (.answer(SecretBytes([UInt8](repeating: 0x61, count: 20_000))), .answer),
      (.report(document: "{"), .document),
    ])
  func broken(_ message: LoginMessage, _ tag: FieldTag) {
    // The 20,000-byte answer is stopped by the frame's cap already.
    let error = #expect(throws: FrameError.self) { try FrameEncoder.encode(message) }
    #expect(error?.code == .invalid(tag) || error?.code == .oversize)
  }

  @Test("a context field that could disturb a log can't be sent")
  func context() throws {
    let user = try #require(LoginName("alice"))
    #expect(throws: FrameError(.invalid(.rhost))) {
      try FrameEncoder.encode(.begin(Begin(operation: .account, user: user, service: "sshd", rhost: "a\nb")))
    }
  }
}
