import Glibc
import SystemSupport

/// The socket that systemd hands over (sd_listen_fds(3)), or one of our own.
struct UserdbSocket {
  let descriptor: Int32
  let isSystemds: Bool

  init(_ path: String) throws(ConfigurationError) {
    func variable(_ name: String) -> Int32? { getenv(name).flatMap { Int32(String(cString: $0)) } }
    func refuse(_ problem: String, _ advice: String) -> ConfigurationError {
      ConfigurationError(file: path, problem, advice: advice)
    }
    if variable("LISTEN_PID") == getpid() {
      guard variable("LISTEN_FDS") == 1, fcntl(3, F_SETFD, FD_CLOEXEC) == 0 else {
        throw refuse("systemd handed over something else", "The .socket unit must have one ListenStream=")
      }
      (descriptor, isSystemds) = (3, true)
      return
    }
    guard let address = UnixAddress(path: path) else { throw refuse("not a socket's path", "Use a shorter one") }
    let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    descriptor = socket(AF_UNIX, type, 0)
    isSystemds = false
    // The lock on the file of ids says that nobody else serves it.
    unlink(path)
    // Anybody may connect: who is listened to is decided by SO_PEERCRED.
    guard descriptor >= 0, address.withAddress({ bind(descriptor, $0, $1) }) == 0, chmod(path, 0o666) == 0,
      listen(descriptor, 16) == 0
    else { throw refuse("can't be bound: \(String(cString: strerror(errno)))", "Check its directory") }
  }
}
