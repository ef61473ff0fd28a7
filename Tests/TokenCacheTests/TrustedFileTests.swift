import Glibc
import Testing
import TokenCache

@Suite("files that decide where tokens go")
struct TrustedFileTests {
  private func withFile(mode: mode_t, _ body: (String) throws -> Void) throws {
    var template = Array("/tmp/cognito-login-test.XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    try #require(descriptor >= 0)
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { unlink(path) }
    Descriptor.writeAll(descriptor, Array("content".utf8))
    fchmod(descriptor, mode)
    close(descriptor)
    try body(path)
  }

  @Test("a file of one's own is read")
  func readable() throws {
    try withFile(mode: 0o644) { path in
      let content = try TrustedFile.read(path, maximumBytes: 7)
      #expect(content == Array("content".utf8))
    }
  }

  @Test("a file that others can write is refused", arguments: [0o664, 0o646] as [mode_t])
  func writable(mode: mode_t) throws {
    try withFile(mode: mode) { path in
      #expect(throws: TrustedFile.Failure.writableByOthers) { try TrustedFile.read(path, maximumBytes: 100) }
    }
  }

  @Test("a secret that others can read is refused")
  func secret() throws {
    try withFile(mode: 0o640) { path in
      #expect(throws: TrustedFile.Failure.readableByOthers) {
        try TrustedFile.read(path, maximumBytes: 100, isSecret: true)
      }
    }
  }

  @Test("too large, a directory, a FIFO, and none at all")
  func others() throws {
    try withFile(mode: 0o600) { path in
      #expect(throws: TrustedFile.Failure.tooLarge(6)) { try TrustedFile.read(path, maximumBytes: 6) }
      let missing = try TrustedFile.read(path + ".missing", maximumBytes: 6)
      #expect(missing == nil)
      mkfifo(path + ".fifo", 0o600)
      defer { unlink(path + ".fifo") }
      #expect(throws: TrustedFile.Failure.notRegular) { try TrustedFile.read(path + ".fifo", maximumBytes: 6) }
    }
    #expect(throws: TrustedFile.Failure.notRegular) { try TrustedFile.read("/tmp", maximumBytes: 6) }
  }
}
