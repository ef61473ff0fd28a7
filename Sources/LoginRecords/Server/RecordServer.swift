import CLinux
import Glibc
import SystemSupport

/// Serves one daemon: a connection at a time, a line at a time, with an end to each wait.
package struct RecordServer {
  private let listener: Int32
  private let caller: uid_t
  private let log: (String) -> Void

  /// - Parameters:
  ///   - listener: a listening Unix socket
  ///   - caller: the only uid that is listened to
  package init(listener: Int32, caller: uid_t, log: @escaping (String) -> Void) {
    self.listener = listener
    self.caller = caller
    self.log = log
  }

  /// Until `isEnding`, or until nobody came for so long.
  ///
  /// - Parameter idleLimit: milliseconds; -1 for ever
  package func run(_ keeper: RecordKeeper, idleLimit: Int32) {
    while true {
      var entry = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
      let ready = poll(&entry, 1, idleLimit)
      if ready == 0 { return }
      guard ready > 0 else { continue }
      let connection = cspawn_accept(listener, nil, nil, Int32(SOCK_CLOEXEC.rawValue))
      guard connection >= 0 else { continue }
      serve(connection, keeper)
      close(connection)
    }
  }

  func serve(_ connection: Int32, _ keeper: RecordKeeper) {
    guard let peer = PeerCredentials.of(connection), peer.uid == caller else {
      log("<4>refused: a caller who isn't the daemon")
      return
    }
    var limit = timeval(tv_sec: 10, tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      setsockopt(connection, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
    }
    keeper.startOver()
    defer { keeper.startOver() }
    var reader = LineReader(connection, maximumLength: RecordRequest.maximumLength)
    while let line = reader.next() {
      let answer: RecordAnswer
      if let request = RecordRequest(line) {
        answer = keeper.answer(request)
        if case .refused(let refusal) = answer { log("<4>refused: \(request.line.dropLast()): \(refusal)") }
      } else {
        answer = .refused(RecordRefusal(.malformed, "that isn't a request"))
        log("<4>refused: what the daemon says isn't a request")
      }
      guard Descriptor.writeAll(connection, Array(answer.line.utf8)) else { return }
      // Who breaks the rules once isn't our daemon.
      if case .refused(let refusal) = answer, refusal.code == .malformed { return }
    }
  }
}
