import CLinux
import Glibc
import SystemSupport
import TestSupport
import Testing

@Suite("Unix sockets")
struct SocketTests {
  private let directory = TemporaryDirectory()

  @Test("a path has 1 to 107 bytes and no NUL")
  func paths() {
    #expect(UnixAddress.maximumPathBytes == 107)
    #expect(UnixAddress(path: "/" + String(repeating: "x", count: 106)) != nil)
    #expect(UnixAddress(path: "/" + String(repeating: "x", count: 107)) == nil)
    #expect(UnixAddress(path: "/" + String(repeating: "ä", count: 54)) == nil)
    #expect(UnixAddress(path: "") == nil && UnixAddress(path: "/a\0b") == nil)
  }

  @Test("systemd's two forms are understood, and nothing else")
  func systemd() {
    #expect(UnixAddress(systemd: "/run/notify") != nil && UnixAddress(systemd: "@name") != nil)
    for text in ["", "@", "run/notify", "vsock:2:1", "@a\0b", "@" + String(repeating: "x", count: 108)] {
      #expect(UnixAddress(systemd: text) == nil, "\(text)")
    }
    // The abstract name ends where its length says: no NULs follow it, or nobody would find it.
    #expect(UnixAddress(systemd: "@name")?.withAddress { _, length in Int(length) } == 2 + 5)
  }

  @Test("the kernel takes both, and tells who connected", arguments: [true, false])
  func connects(isAbstract: Bool) throws {
    let name = isAbstract ? "@cognito-floor-test-\(UInt64.random(in: 0 ... .max))" : directory.path + "/socket"
    let address = try #require(UnixAddress(systemd: name))
    let (listener, client) = (socket(AF_UNIX, 1, 0), socket(AF_UNIX, 1, 0))
    defer { for descriptor in [listener, client] { close(descriptor) } }
    #expect(address.withAddress { bind(listener, $0, $1) } == 0 && listen(listener, 1) == 0)
    #expect(address.withAddress { connect(client, $0, $1) } == 0)
    let peer = try #require(PeerCredentials.of(client))
    #expect(peer.pid == getpid() && peer.uid == geteuid() && peer.gid == getegid())
  }

  @Test("nobody is at the other end of what is no socket")
  func noSocket() {
    #expect(PeerCredentials.of(-1) == nil && errno == EBADF)
    let file = open("/dev/null", O_RDONLY | O_CLOEXEC)
    defer { close(file) }
    #expect(PeerCredentials.of(file) == nil && errno == ENOTSOCK)
  }
}
