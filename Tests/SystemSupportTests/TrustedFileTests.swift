import Glibc
import SystemSupport
import TestSupport
import Testing

@Suite("files that decide who signs in and where tokens go")
struct TrustedFileTests {
  private let directory = TemporaryDirectory()

  private func failure(
    _ path: String, maximumBytes: Int = 100, readers: TrustedFile.Readers = .everybody, followsLinks: Bool = true
  ) -> TrustedFile.Failure? {
    do throws(TrustedFile.Failure) {
      _ = try TrustedFile.read(path, maximumBytes: maximumBytes, readers: readers, followsLinks: followsLinks)
      return nil
    } catch {
      return error
    }
  }

  @Test("a file of one's own is read whole, also one of exactly the limit, and an empty one")
  func readable() throws {
    #expect(try TrustedFile.read(directory.file("a", mode: 0o644), maximumBytes: 7) == Array("content".utf8))
    #expect(try TrustedFile.read(directory.file("b", ""), maximumBytes: 7) == [])
    let long = String(repeating: "x", count: 50_000)
    #expect(try TrustedFile.read(directory.file("c", long), maximumBytes: 50_000) == Array(long.utf8))
  }

  @Test("no file is no error: it counts as nothing written yet")
  func missing() throws {
    #expect(try TrustedFile.read(directory.path + "/none", maximumBytes: 7) == nil)
    #expect(try TrustedFile.read(directory.file("a") + "/below-a-file", maximumBytes: 7) == nil)
  }

  @Test("a file that others can write is refused", arguments: [0o664, 0o646, 0o620, 0o602, 0o777] as [mode_t])
  func writable(mode: mode_t) {
    #expect(failure(directory.file("a", mode: mode)) == .writableByOthers)
  }

  @Test("a secret that others can read is refused; the group may where it is said so")
  func secret() {
    #expect(failure(directory.file("a", mode: 0o640), readers: .owner) == .readableByOthers)
    #expect(failure(directory.file("b", mode: 0o604), readers: .owner) == .readableByOthers)
    #expect(failure(directory.file("c", mode: 0o640), readers: .ownerAndGroup) == nil)
    #expect(failure(directory.file("d", mode: 0o644), readers: .ownerAndGroup) == .readableByOthers)
    #expect(failure(directory.file("e", mode: 0o600), readers: .owner) == nil)
  }

  @Test("a file of somebody else's is refused, whatever its mode", .enabled(if: geteuid() == 0))
  func foreign() {
    let path = directory.file("a", mode: 0o600)
    chown(path, 12_345, 0)
    #expect(failure(path) == .foreignOwner(12_345))
    #expect(TrustedFile.Failure.foreignOwner(12_345).problem.contains("12345"))
  }

  @Test("a symbolic link is followed only where it may be; one to nothing is no file")
  func links() {
    symlink(directory.file("a"), directory.path + "/link")
    #expect(failure(directory.path + "/link") == nil)
    #expect(failure(directory.path + "/link", followsLinks: false) == .link)
    symlink(directory.file("open", mode: 0o666), directory.path + "/to-open")
    #expect(failure(directory.path + "/to-open") == .writableByOthers)
    symlink(directory.path + "/nothing", directory.path + "/dangling")
    #expect(failure(directory.path + "/dangling", followsLinks: false) == .link)
    #expect(failure(directory.path + "/dangling") == nil)
  }

  @Test("what is no plain file is refused and never waited for: a directory, a FIFO, a socket, a device")
  func others() throws {
    #expect(failure(directory.path) == .notRegular)
    mkfifo(directory.path + "/fifo", 0o600)
    #expect(failure(directory.path + "/fifo") == .notRegular)
    let address = try #require(UnixAddress(path: directory.path + "/socket"))
    let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(listener) }
    #expect(address.withAddress { bind(listener, $0, $1) } == 0)
    #expect(failure(directory.path + "/socket") == .notRegular)
    #expect(failure("/dev/null") == .notRegular)
  }

  @Test("a file above the limit is refused, whatever its size says (as in /proc)")
  func size() {
    #expect(failure(directory.file("a"), maximumBytes: 6) == .tooLarge(6))
    // Its size is told as 0.
    #expect(failure("/proc/self/status", maximumBytes: 10) == .tooLarge(10))
  }

  @Test("each refusal says what to do")
  func advice() {
    let all: [TrustedFile.Failure] = [
      .unreadable(errno: EACCES), .link, .notRegular, .foreignOwner(1), .writableByOthers, .readableByOthers,
      .tooLarge(1),
    ]
    #expect(Set(all.map(\.problem)).count == all.count && all.allSatisfy { !$0.advice.isEmpty })
    #expect("\(ConfigurationError(file: "/x", .writableByOthers))".hasPrefix("/x: can be written by others"))
  }
}
