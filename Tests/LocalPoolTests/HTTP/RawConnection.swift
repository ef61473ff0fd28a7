import Glibc

/// A TCP connection that sends whatever a test wants, well-formed or not.
final class RawConnection {
  private let descriptor: Int32

  /// Connects to loopback. Nothing that this waits for takes longer than `timeout` seconds.
  init?(port: Int, timeout: Int = 20) {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { return nil }
    var limit = timeval(tv_sec: timeout, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let status = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard status == 0 else {
      close(descriptor)
      return nil
    }
  }

  deinit { close(descriptor) }

  func send(_ bytes: [UInt8]) {
    _ = bytes.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
  }

  func send(_ text: String) { send(Array(text.utf8)) }

  /// What arrives until the peer closes; `isDone` may end it sooner. Nil when the time is over.
  func receive(until isDone: (String) -> Bool = { _ in false }) -> String? {
    var received: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      if count < 0 { return errno == EAGAIN ? nil : String(decoding: received, as: UTF8.self) }
      received += buffer.prefix(count)
      let text = String(decoding: received, as: UTF8.self)
      if count == 0 || isDone(text) { return text }
    }
  }

  /// Sends a request and gives everything that comes back until the connection ends.
  static func exchange(port: Int, _ bytes: [UInt8]) -> String? {
    guard let connection = RawConnection(port: port) else { return nil }
    connection.send(bytes)
    return connection.receive()
  }

  /// A request for an operation, to which the answer ends the connection.
  static func request(_ target: String, _ body: String, extra: String = "") -> [UInt8] {
    Array(
      ("POST / HTTP/1.1\r\nHost: pool\r\nConnection: close\r\nX-Amz-Target: AWSCognitoIdentityProviderService.\(target)\r\n"
        + "Content-Length: \(body.utf8.count)\r\n\(extra)\r\n\(body)").utf8)
  }
}
