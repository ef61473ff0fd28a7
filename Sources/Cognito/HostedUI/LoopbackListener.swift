import CLinux
import Glibc

/// Waits on this machine's loopback address for the browser to come back from a hosted sign-in (RFC 8252,
/// section 7.3).
///
/// Browsers open connections ahead and leave them silent, and other programs of this machine may knock as well:
/// several connections are read side by side, and only a request that the caller accepts ends the waiting.
package final class LoopbackListener: Sendable {
  /// The port, chosen by the system if 0 was asked for.
  package let port: UInt16
  private let descriptor: Int32
  private static let mostConnections = 16
  private static let mostRequests = 200

  /// Begins to listen.
  ///
  /// - Throws: ``CognitoError/Code/invalidConfiguration`` when the port is taken.
  package init(port: UInt16) throws(CognitoError) {
    let kind = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
    let descriptor = socket(AF_INET, Int32(kind), 0)
    guard descriptor >= 0 else { throw Self.failure("No socket can be made", port) }
    // Browsers leave connections in TIME_WAIT; a second sign-in must not wait for them.
    var yes: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && listen(descriptor, 32) == 0 && getsockname(descriptor, $0, &length) == 0
      }
    }
    guard bound else {
      let error = Self.failure("The sign-in page's answer can't be waited for: can't listen", port)
      close(descriptor)
      throw error
    }
    self.descriptor = descriptor
    self.port = UInt16(bigEndian: address.sin_port)
  }

  deinit { close(descriptor) }

  /// Blocks until a request is accepted, the time is over, or `stop` becomes readable.
  ///
  /// - Parameters:
  ///   - milliseconds: how long to wait at most.
  ///   - stop: a descriptor that becomes readable, or is closed at its other end, when the waiting is pointless.
  ///   - answer: decides on each request: the page to send, and whether the waiting ends.
  /// - Throws: ``CognitoError/Code/timeout``, ``CognitoError/Code/cancelled``, ``CognitoError/Code/network`` when
  ///   somebody floods the port.
  package func wait(
    milliseconds: Int64, stop: Int32, answer: (RedirectRequest) -> (page: RedirectPage, isLast: Bool)
  ) throws(CognitoError) {
    let deadline = Self.now() + milliseconds
    var connections: [Connection] = []
    defer { for connection in connections { close(connection.descriptor) } }
    var requests = 0
    while true {
      let now = Self.now()
      guard now < deadline else {
        throw CognitoError(.timeout, "The sign-in in the browser was not finished in time.")
      }
      for old in connections where old.deadline <= now { close(old.descriptor) }
      connections.removeAll { $0.deadline <= now }
      var polled = [pollfd(fd: stop, events: Int16(POLLIN), revents: 0)]
      // At the limit new connections wait in the kernel's queue.
      let listens = connections.count < Self.mostConnections
      polled.append(pollfd(fd: listens ? descriptor : -1, events: Int16(POLLIN), revents: 0))
      polled += connections.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
      let next = min(deadline, connections.map(\.deadline).min() ?? deadline)
      let ready = poll(&polled, nfds_t(polled.count), Int32(clamping: next - now))
      guard ready >= 0 || errno == EINTR else {
        throw CognitoError(.network, "Waiting for the browser failed (error \(errno)).")
      }
      guard ready > 0 else { continue }
      guard polled[0].revents == 0 else { throw CognitoError(.cancelled, "The sign-in was cancelled.") }
      for index in connections.indices.reversed() where polled[index + 2].revents != 0 {
        switch connections[index].receive() {
        case .incomplete: continue
        case .refused: connections[index].send(.badRequest)
        case .complete(let request):
          requests += 1
          let (page, isLast) = answer(request)
          connections[index].send(page)
          if isLast { return }
        }
        close(connections.remove(at: index).descriptor)
        guard requests < Self.mostRequests else {
          throw CognitoError(.network, "Something on this machine floods the port of the sign-in.")
        }
      }
      if polled[1].revents != 0 {
        let accepted = cspawn_accept(descriptor, nil, nil, Int32(SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue))
        if accepted >= 0 {
          connections.append(Connection(descriptor: accepted, deadline: Self.now() + 10_000))
        }
      }
    }
  }

  private struct Connection {
    let descriptor: Int32
    let deadline: Int64
    var bytes: [UInt8] = []

    mutating func receive() -> RedirectRequest.Reading {
      var buffer = [UInt8](repeating: 0, count: 8192)
      let count = recv(descriptor, &buffer, buffer.count, 0)
      if count < 0, errno == EAGAIN || errno == EINTR { return .incomplete }
      guard count > 0 else { return .refused }
      bytes += buffer[..<count]
      return RedirectRequest.read(bytes)
    }

    /// The page is small enough for the socket's buffer; a browser that is gone already doesn't matter.
    func send(_ page: RedirectPage) {
      let bytes = page.response
      _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
      shutdown(descriptor, Int32(SHUT_WR))
    }
  }

  private static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  private static func failure(_ what: String, _ port: UInt16) -> CognitoError {
    CognitoError(.invalidConfiguration, "\(what) on 127.0.0.1 port \(port) (error \(errno)).")
  }
}
