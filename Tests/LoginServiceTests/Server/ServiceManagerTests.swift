import Glibc
import LoginService
import SystemSupport
import TestSupport
import Testing

@Suite("what systemd hears of the daemon")
struct ServiceManagerTests {
  @Test("while systemd watches, it hears again and again that the daemon is alive")
  func watchdog() async throws {
    let directory = TestSupport.TemporaryDirectory()
    let path = "\(directory.path)/notify"
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    defer { close(descriptor) }
    let address = try #require(UnixAddress(systemd: path))
    #expect(address.withAddress { bind(descriptor, $0, $1) } == 0)
    let alive = Task { try await ServiceManager(path: path, watchdogMicroseconds: "3000").keepAlive() }
    defer { alive.cancel() }
    for _ in 1...3 {
      // A read that waits would hold one of the few threads on which the other side runs.
      var heard = -1
      var bytes = [UInt8](repeating: 0, count: 64)
      while heard < 0 {
        heard = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
        if heard < 0 { try await Task.sleep(for: .milliseconds(1)) }
      }
      #expect(String(decoding: bytes[..<heard], as: UTF8.self) == "WATCHDOG=1")
    }
  }

  @Test("where nobody watches, it says nothing, and still ends when it is cancelled", arguments: [nil, "0", "soon"])
  func unwatched(_ microseconds: String?) async {
    let alive = Task { try await ServiceManager(path: nil, watchdogMicroseconds: microseconds).keepAlive() }
    alive.cancel()
    await #expect(throws: CancellationError.self) { try await alive.value }
  }
}
