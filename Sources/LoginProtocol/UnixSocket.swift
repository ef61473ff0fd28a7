import CLinux
import Glibc
import SystemSupport

/// The few system calls that `LoginClient` needs, each with a deadline.
enum UnixSocket {
  typealias Instant = ContinuousClock.Instant

  static func connect(to path: String, until deadline: Instant) throws -> Int32 {
    guard let address = UnixAddress(path: path) else {
      throw LoginClientError(.system, "a socket path must have 1 to \(UnixAddress.maximumPathBytes) bytes")
    }
    let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
    let descriptor = socket(AF_UNIX, type, 0)
    guard descriptor >= 0 else { throw failure("socket", errno) }
    while true {
      let result = address.withAddress { Glibc.connect(descriptor, $0, $1) }
      if result == 0 { return descriptor }
      let code = errno
      // EAGAIN: the queue of waiting connections is full, and nothing tells when it isn't any more.
      if code == EAGAIN || code == EINTR, Instant.now < deadline {
        usleep(10_000)
        continue
      }
      close(descriptor)
      switch code {
      case ENOENT, ECONNREFUSED:
        throw LoginClientError(.notRunning, "cognito-logind is not running (nothing listens at \(path))")
      case EAGAIN, EINTR: throw LoginClientError(.timedOut, "cognito-logind is too busy to take a connection")
      default: throw failure("connect to \(path)", code)
      }
    }
  }

  static func peerUID(_ descriptor: Int32) throws -> uid_t {
    guard let credentials = PeerCredentials.of(descriptor) else { throw failure("SO_PEERCRED", errno) }
    return credentials.uid
  }

  /// Who alone, besides root, can put a socket at `path`: the owner of its directory, unless others may write there.
  static func directoryOwner(of path: String) -> uid_t? {
    let directory = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    var status = stat()
    guard stat(directory, &status) == 0, status.st_mode & mode_t(S_IWGRP | S_IWOTH) == 0 else { return nil }
    return status.st_uid
  }

  static func send(_ bytes: [UInt8], on descriptor: Int32, until deadline: Instant) throws {
    try bytes.withUnsafeBytes { memory in
      var sent = 0
      while sent < memory.count {
        let rest = UnsafeRawBufferPointer(rebasing: memory[sent...])
        let count = Glibc.send(descriptor, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
        if count >= 0 { sent += count } else { try retryOrThrow("send", on: descriptor, POLLOUT, until: deadline) }
      }
    }
  }

  /// Returns the number of bytes; 0: the other end closed.
  static func receive(into bytes: inout [UInt8], from descriptor: Int32, until deadline: Instant) throws -> Int {
    try bytes.withUnsafeMutableBytes { memory in
      while true {
        let count = recv(descriptor, memory.baseAddress, memory.count, 0)
        if count >= 0 { return count }
        try retryOrThrow("recv", on: descriptor, POLLIN, until: deadline)
      }
    }
  }

  /// After a failed call: waits until it is worth repeating, or throws.
  private static func retryOrThrow(_ call: String, on descriptor: Int32, _ events: Int32, until deadline: Instant)
    throws
  {
    let code = errno
    switch code {
    case EINTR: break
    case EAGAIN: try wait(for: events, on: descriptor, until: deadline)
    case EPIPE, ECONNRESET: throw LoginClientError(.closed, "cognito-logind closed the connection")
    default: throw failure(call, code)
    }
  }

  private static func wait(for events: Int32, on descriptor: Int32, until deadline: Instant) throws {
    let left = deadline - .now
    guard left > .zero else { throw LoginClientError(.timedOut, "cognito-logind did not answer in time") }
    let milliseconds = left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000
    var entry = pollfd(fd: descriptor, events: Int16(events), revents: 0)
    if poll(&entry, 1, Int32(clamping: milliseconds + 1)) < 0, errno != EINTR { throw failure("poll", errno) }
  }

  private static func failure(_ what: String, _ code: Int32) -> LoginClientError {
    LoginClientError(.system, "\(what): \(String(cString: strerror(code)))")
  }
}
