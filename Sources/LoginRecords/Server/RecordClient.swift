import CLinux
import Glibc
import SystemSupport

/// The daemon's end: asks, and waits for the answers on the caller's thread.
package struct RecordClient: Sendable {
  package let path: String
  /// The longest wait for one answer: nobody who signs in waits for ever.
  package let deadline: Duration

  package init(path: String, deadline: Duration = .seconds(4)) {
    self.path = path
    self.deadline = deadline
  }

  /// As many answers as requests, in their order.
  package func exchange(_ requests: [RecordRequest]) throws(RecordRefusal) -> [RecordAnswer] {
    guard let address = UnixAddress(path: path) else { throw RecordRefusal(.broken, "\(path) isn't a socket's path") }
    let connection = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard connection >= 0 else { throw failure("socket") }
    defer { close(connection) }
    var limit = timeval(tv_sec: Int(deadline.components.seconds), tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      setsockopt(connection, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
    }
    guard address.withAddress({ connect(connection, $0, $1) }) == 0 else { throw failure("connect") }
    guard let peer = PeerCredentials.of(connection), peer.uid == 0 else {
      throw RecordRefusal(.broken, "\(path) isn't served by root")
    }
    var answers: [RecordAnswer] = []
    var reader = LineReader(connection, maximumLength: RecordAnswer.maximumLength)
    // A few at a time: were all sent before an answer is read, both ends would wait for each other.
    for start in stride(from: 0, to: requests.count, by: Self.batch) {
      let batch = requests[start..<min(start + Self.batch, requests.count)]
      guard Self.send(Array(batch.map(\.line).joined().utf8), on: connection) else { throw failure("send") }
      for _ in batch {
        guard let line = reader.next(), let answer = RecordAnswer(line) else { throw failure("no answer") }
        answers.append(answer)
      }
    }
    return answers
  }

  /// 16 answers fit into the smallest buffer that a socket can have.
  private static let batch = 16

  private static func send(_ bytes: [UInt8], on connection: Int32) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  private func failure(_ what: String) -> RecordRefusal {
    RecordRefusal(.broken, "cognito-userdb at \(path): \(what): \(String(cString: strerror(errno)))")
  }
}
