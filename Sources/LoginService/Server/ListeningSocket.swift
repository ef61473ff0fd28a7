import Glibc
import Synchronization
import SystemSupport

/// The daemon's socket, made by us or handed over by systemd.
package final class ListeningSocket: Sendable {
  /// Connections that wait to be accepted; as in cognito-logind.socket.
  private static let backlog: Int32 = 256

  private let descriptor: Atomic<Int32>

  private init(adopting descriptor: Int32) { self.descriptor = Atomic(descriptor) }

  deinit {
    let left = descriptor.load(ordering: .sequentiallyConsistent)
    if left >= 0 { close(left) }
  }

  /// Gives the descriptor away, to be closed by the taker.
  func take() -> Int32 { descriptor.exchange(-1, ordering: .sequentiallyConsistent) }

  /// Binds `path`, for everybody: who may ask what is decided for each connection, by SO_PEERCRED. A socket file that
  /// nobody serves any more is replaced; anything else in the way is not.
  package convenience init(path: String) throws(ConfigurationError) {
    func refuse(_ problem: String, _ advice: String) -> ConfigurationError {
      ConfigurationError(file: path, problem, advice: advice)
    }
    guard let address = UnixAddress(path: path) else { throw refuse("not a socket path", "Use a shorter one") }
    let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    let descriptor = socket(AF_UNIX, type | Int32(SOCK_NONBLOCK.rawValue), 0)
    guard descriptor >= 0 else { throw refuse("no socket: \(String(cString: strerror(errno)))", "Try again") }
    self.init(adopting: descriptor)
    var status = stat()
    if lstat(path, &status) == 0 {
      guard status.st_mode & mode_t(S_IFMT) == mode_t(S_IFSOCK) else {
        throw refuse("something other than a socket is there", "Move it away")
      }
      let probe = socket(AF_UNIX, type, 0)
      defer { close(probe) }
      guard address.withAddress({ connect(probe, $0, $1) }) != 0, errno == ECONNREFUSED else {
        throw refuse("somebody serves it already", "Stop that process first")
      }
      guard unlink(path) == 0 else {
        throw refuse("an old socket can't be removed: \(String(cString: strerror(errno)))", "Remove it")
      }
    }
    guard address.withAddress({ bind(descriptor, $0, $1) }) == 0, chmod(path, 0o666) == 0,
      listen(descriptor, Self.backlog) == 0
    else {
      throw refuse("can't be bound: \(String(cString: strerror(errno)))", "Check the directory's owner and mode")
    }
  }

  /// The socket that systemd hands over (sd_listen_fds(3)); nil when there is none for this process. The variables are
  /// removed, so that no child could take them for its own.
  package static func fromServiceManager() throws(ConfigurationError) -> ListeningSocket? {
    func variable(_ name: String) -> Int32? { getenv(name).flatMap { Int32(String(cString: $0)) } }
    defer { for name in ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"] { unsetenv(name) } }
    guard variable("LISTEN_PID") == getpid(), let count = variable("LISTEN_FDS"), count > 0 else { return nil }
    func refuse(_ problem: String) -> ConfigurationError {
      ConfigurationError(
        file: "LISTEN_FDS", problem, advice: "The .socket unit must have one ListenStream= with a path")
    }
    guard count == 1 else { throw refuse("\(count) sockets were handed over") }
    let descriptor: Int32 = 3
    var address = sockaddr()
    var size = socklen_t(MemoryLayout<sockaddr>.size)
    var isListening: Int32 = 0
    var optionSize = socklen_t(MemoryLayout<Int32>.size)
    guard getsockname(descriptor, &address, &size) == 0, address.sa_family == sa_family_t(AF_UNIX),
      getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &isListening, &optionSize) == 0, isListening == 1,
      fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0,
      fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK) == 0
    else { throw refuse("what was handed over is not a listening Unix socket") }
    return ListeningSocket(adopting: descriptor)
  }
}
