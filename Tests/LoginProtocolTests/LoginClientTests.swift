import FoundationEssentials
import Glibc
import LoginProtocol
import Testing

@Suite("The blocking client")
struct LoginClientTests {
  /// A socket in a directory of its own, and a thread that answers the first connection with given bytes.
  final class Server: Sendable {
    let directory: String
    var path: String { directory + "/s" }
    private let listener: Int32

    init(directoryMode: mode_t = 0o700, answering answer: [UInt8]?) throws {
      var template = Array("/tmp/login-client-XXXXXX".utf8CString)
      directory = try #require(mkdtemp(&template).map { String(cString: $0) })
      chmod(directory, directoryMode)
      listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
      var address = sockaddr_un()
      address.sun_family = sa_family_t(AF_UNIX)
      withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array((directory + "/s").utf8)) }
      let bound = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          Glibc.bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
      }
      #expect(bound == 0 && listen(listener, 4) == 0)
      guard let answer else { return }
      let descriptor = listener
      Thread.detach {
        let connection = accept(descriptor, nil, nil)
        var buffer = [UInt8](repeating: 0, count: 4096)
        _ = recv(connection, &buffer, buffer.count, 0)
        _ = send(connection, answer, answer.count, Int32(MSG_NOSIGNAL))
        close(connection)
      }
    }

    deinit {
      close(listener)
      try? FileManager.default.removeItem(atPath: directory)
    }
  }

  @Test("a request gets its answer")
  func answered() throws {
    let server = try Server(answering: FrameEncoder.encode(.nothing))
    #expect(try LoginClient(socketPath: server.path).request(.collect) == .nothing)
  }

  @Test("a refusal is thrown with its sentence")
  func refused() throws {
    let refusal = Refusal(.notPermitted, "Only root may add a login.")
    let server = try Server(answering: FrameEncoder.encode(.refused(refusal)))
    #expect(throws: refusal) { try LoginClient(socketPath: server.path).request(.status) }
  }

  @Test("no daemon: said at once")
  func notRunning() {
    let error = #expect(throws: LoginClientError.self) { try LoginClient(socketPath: "/nonexistent/socket") }
    #expect(error?.code == .notRunning)
  }

  @Test("a daemon that never answers costs the deadline, no more, and ends the connection")
  func silent() throws {
    let server = try Server(answering: nil)
    let client = try LoginClient(socketPath: server.path)
    let started = ContinuousClock.now
    let error = #expect(throws: LoginClientError.self) { try client.request(.collect, timeout: .milliseconds(80)) }
    #expect(error?.code == .timedOut)
    #expect(ContinuousClock.now - started < .seconds(40))
    let again = #expect(throws: LoginClientError.self) { try client.request(.collect) }
    #expect(again?.code == .closed)
  }

  @Test("an answer cut off by the daemon's end is an error")
  func cutOff() throws {
    let server = try Server(answering: [0, 0, 0, 9, 0x61])
    let error = #expect(throws: LoginClientError.self) { try LoginClient(socketPath: server.path).request(.collect) }
    #expect(error?.code == .closed)
  }

  @Test("garbage, and a second message after the answer, are refused")
  func garbage() throws {
    for (bytes, code) in [
      ([0, 0, 0, 1, 0xee], FrameError.Code.unknownType(0xee)),
      (try FrameEncoder.encode(.done) + FrameEncoder.encode(.done), .trailingBytes),
    ] as [([UInt8], FrameError.Code)] {
      let server = try Server(answering: bytes)
      #expect(throws: FrameError(code)) { try LoginClient(socketPath: server.path).request(.collect) }
    }
  }

  @Test("only root and the owner of a directory that others can't write to may serve a socket in it")
  func trust() throws {
    let own = try Server(answering: nil)
    let shared = try Server(directoryMode: 0o777, answering: nil)
    let nobody: uid_t = 65534
    #expect(chown(own.directory, geteuid() == 0 ? nobody : geteuid(), gid_t.max) == 0)
    let owner = geteuid() == 0 ? nobody : geteuid()
    #expect(LoginClient.isTrusted(owner, socketPath: own.path))
    #expect(LoginClient.isTrusted(0, socketPath: own.path))
    #expect(!LoginClient.isTrusted(owner + 1, socketPath: own.path))
    #expect(geteuid() == 0 || !LoginClient.isTrusted(geteuid(), socketPath: shared.path))
    #expect(!LoginClient.isTrusted(nobody, socketPath: shared.path))
    #expect(!LoginClient.isTrusted(nobody, socketPath: "/nonexistent/socket"))
  }

  @Test("a path that doesn't fit into an address is refused")
  func longPath() {
    let error = #expect(throws: LoginClientError.self) {
      try LoginClient(socketPath: "/" + String(repeating: "x", count: 200))
    }
    #expect(error?.code == .system)
  }
}

/// A detached POSIX thread: the client under test blocks.
enum Thread {
  private final class Box {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  static func detach(_ body: @escaping @Sendable () -> Void) {
    var thread = pthread_t()
    let box = Unmanaged.passRetained(Box(body)).toOpaque()
    pthread_create(
      &thread, nil,
      { argument in
        if let argument { Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body() }
        return nil
      }, box)
    pthread_detach(thread)
  }
}
