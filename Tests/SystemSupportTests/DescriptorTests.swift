import Glibc
import SystemSupport
import Testing

@Suite("whole reads and writes")
struct DescriptorTests {
  private func pipe() -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [-1, -1]
    Glibc.pipe(&ends)
    return (ends[0], ends[1])
  }

  @Test("what comes in pieces is read to the end")
  func pieces() {
    let (reading, writing) = pipe()
    for piece in ["one ", "two ", "three"] { Descriptor.writeAll(writing, Array(piece.utf8)) }
    close(writing)
    #expect(Descriptor.readAll(reading, maximumBytes: 13) == Array("one two three".utf8))
    close(reading)
  }

  @Test("reading stops as soon as the request is whole, with the writer still there")
  func untilComplete() {
    let (reading, writing) = pipe()
    Descriptor.writeAll(writing, Array("all\n\n".utf8))
    #expect(Descriptor.readAll(reading, maximumBytes: 100) { $0.suffix(2) == [10, 10] } == Array("all\n\n".utf8))
    close(reading)
    close(writing)
  }

  @Test("one byte too many, and what isn't open, are errors with a reason")
  func errors() {
    let (reading, writing) = pipe()
    Descriptor.writeAll(writing, [1, 2, 3, 4])
    #expect(Descriptor.readAll(reading, maximumBytes: 3) == nil && errno == EFBIG)
    close(reading)
    close(writing)
    #expect(Descriptor.readAll(-1, maximumBytes: 3) == nil && errno == EBADF)
    #expect(!Descriptor.writeAll(-1, [1]) && errno == EBADF)
    #expect(Descriptor.writeAll(-1, []))
  }

  @Test("more than a pipe holds is written whole")
  func large() async {
    let (reading, writing) = pipe()
    let bytes = [UInt8](repeating: 7, count: 300_000)
    async let isWritten = {
      defer { close(writing) }
      return Descriptor.writeAll(writing, bytes)
    }()
    #expect(Descriptor.readAll(reading, maximumBytes: 300_000) == bytes)
    #expect(await isWritten)
    close(reading)
  }

  @Test("a reader that has gone is an error, not a signal's death")
  func closedPipe() {
    signal(SIGPIPE, SIG_IGN)
    let (reading, writing) = pipe()
    close(reading)
    #expect(!Descriptor.writeAll(writing, [1]) && errno == EPIPE)
    close(writing)
  }
}
