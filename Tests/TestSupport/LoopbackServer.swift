import Glibc
import Synchronization

/// A server on 127.0.0.1 with plain sockets that does exactly what a test tells it, right or wrong.
package final class LoopbackServer: Sendable {
  /// One accepted connection. It is closed when the test's function returns.
  package struct Connection: Sendable {
    fileprivate let descriptor: Int32

    /// Reads a request: everything up to the empty line, and as many bytes as its Content-Length says.
    ///
    /// - Returns: `nil` when the client has closed.
    package func readRequest() -> (head: String, body: [UInt8])? {
      var bytes: [UInt8] = []
      while true {
        if let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) {
          let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
          let length = head.split(separator: "\r\n").compactMap { line -> Int? in
            line.lowercased().hasPrefix("content-length:") ? Int(line.split(separator: " ").last ?? "") : nil
          }.first
          let body = bytes[end.upperBound...]
          if body.count >= length ?? 0 { return (head, Array(body)) }
        }
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = read(descriptor, &buffer, buffer.count)
        guard count > 0 else { return nil }
        bytes += buffer.prefix(count)
      }
    }

    /// Reads some bytes and drops them.
    ///
    /// - Returns: how many; fewer than asked for when the client has closed.
    package func readBytes(atLeast count: Int) -> Int {
      var buffer = [UInt8](repeating: 0, count: 4096)
      var total = 0
      while total < count {
        let got = read(descriptor, &buffer, buffer.count)
        guard got > 0 else { break }
        total += got
      }
      return total
    }

    /// Writes text as it is.
    ///
    /// - Returns: false when the client has closed.
    @discardableResult
    package func write(_ text: String) -> Bool { write(Array(text.utf8)) }

    @discardableResult
    package func write(_ bytes: [UInt8]) -> Bool {
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        guard count > 0 else { return false }
        rest = rest.dropFirst(count)
      }
      return true
    }

    /// Answers properly.
    package func answer(_ body: String, status: String = "200 OK", headers: [String] = []) {
      let lines = ["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)"] + headers
      write(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
    }

    /// Waits until the client goes away.
    package func waitForClose() {
      var byte: UInt8 = 0
      while read(descriptor, &byte, 1) > 0 {}
    }
  }

  package let port: UInt16
  package var url: String { "http://127.0.0.1:\(port)" }
  /// Connections accepted so far.
  package var connections: Int { count.withLock { $0 } }

  private let listener: Int32
  private let count = Mutex(0)

  /// - Parameter serve: runs on a thread of its own for each connection.
  package init(_ serve: @escaping @Sendable (Connection) -> Void) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(listener, address, length) == 0 && listen(listener, 128) == 0
          && getsockname(listener, address, &length) == 0
      }
    }
    precondition(bound, "no port on 127.0.0.1")
    port = UInt16(bigEndian: address.sin_port)
    self.listener = listener
    inThread { [weak self] in
      while true {
        let descriptor = accept(listener, nil, nil)
        guard descriptor >= 0 else { break }
        self?.count.withLock { $0 += 1 }
        inThread {
          serve(Connection(descriptor: descriptor))
          close(descriptor)
        }
      }
      close(listener)
    }
  }

  /// Ends the accepting. Its thread closes the descriptor: closed here, the number could be another server's already when
  /// the thread accepts once more, and that server's client would get this one's answer.
  deinit { shutdown(listener, Int32(SHUT_RDWR)) }
}

/// Runs blocking work on a thread of its own: any number of them may block.
package func inThread(_ work: @escaping @Sendable () -> Void) {
  final class Box: Sendable {
    let work: @Sendable () -> Void
    init(_ work: @escaping @Sendable () -> Void) { self.work = work }
  }
  var thread = pthread_t()
  let code = pthread_create(
    &thread, nil,
    { argument in
      if let argument { Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().work() }
      return nil
    }, Unmanaged.passRetained(Box(work)).toOpaque())
  precondition(code == 0, "no thread")
  pthread_detach(thread)
}
