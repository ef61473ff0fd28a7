import CLinux
import Glibc
import NIOPosix
import SystemSupport

/// Takes connections off the queue, on a thread of its own. Each is counted, or closed, before the next is taken: so no
/// flood can hold more descriptors than the limits allow, or make others wait for it.
final class Acceptor: Sendable {
  struct Arrival: Sendable {
    /// The taker's to close.
    let descriptor: Int32
    let place: Admission.Place
  }

  let arrivals: AsyncStream<Arrival>
  private let arrival: AsyncStream<Arrival>.Continuation
  private let listener: Int32
  private let admission: Admission
  private let refusals: Refusals
  private let thread = NIOThreadPool(numberOfThreads: 1)
  /// Written to: stop.
  private let bell: (reader: Int32, writer: Int32)

  /// - Parameter listener: bound and listening, not blocking; it is taken over.
  init(_ listener: Int32, admission: Admission, refusals: Refusals) throws {
    var ends: [Int32] = [-1, -1]
    guard cspawn_pipe(&ends, O_CLOEXEC) == 0 else {
      close(listener)
      throw ConfigurationError(
        file: "cognito-logind", "no pipe: \(String(cString: strerror(errno)))", advice: "Raise its LimitNOFILE")
    }
    bell = (ends[0], ends[1])
    self.listener = listener
    self.admission = admission
    self.refusals = refusals
    (arrivals, arrival) = AsyncStream.makeStream(of: Arrival.self)
  }

  deinit {
    close(bell.reader)
    close(bell.writer)
  }

  func start() {
    thread.start()
    thread.submit { [self] _ in
      accept()
      close(listener)
      arrival.finish()
    }
  }

  /// Returns when no more connections come. Those that nobody took are closed.
  func stop() async {
    Descriptor.writeAll(bell.writer, [0])
    for await left in arrivals {
      close(left.descriptor)
      admission.leave(left.place)
    }
    try? await thread.shutdownGracefully()
  }

  private func accept() {
    // Given up for a moment when there is no other: a queue that nobody empties would shut everybody out.
    var spare = open("/dev/null", O_RDONLY | O_CLOEXEC)
    defer { close(spare) }
    while true {
      var entries = [
        pollfd(fd: listener, events: Int16(POLLIN), revents: 0),
        pollfd(fd: bell.reader, events: Int16(POLLIN), revents: 0),
      ]
      guard poll(&entries, 2, -1) > 0 || errno == EINTR else { return }
      if entries[1].revents != 0 { return }
      let descriptor = cspawn_accept(listener, nil, nil, Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue))
      if descriptor >= 0 {
        take(descriptor)
      } else if errno == EMFILE || errno == ENFILE {
        close(spare)
        let turnedAway = cspawn_accept(listener, nil, nil, Int32(SOCK_CLOEXEC.rawValue))
        if turnedAway >= 0 { close(turnedAway) } else { usleep(10_000) }
        spare = open("/dev/null", O_RDONLY | O_CLOEXEC)
        refusals.note("no descriptor left", by: "anybody")
      }
    }
  }

  private func take(_ descriptor: Int32) {
    // A peer that can't be told is never served.
    guard let credentials = PeerCredentials.of(descriptor) else {
      close(descriptor)
      return
    }
    let peer = Peer(credentials)
    guard let place = admission.enter(peer) else {
      close(descriptor)
      refusals.note("too many connections", by: "uid \(peer.uid)")
      return
    }
    if case .enqueued = arrival.yield(Arrival(descriptor: descriptor, place: place)) { return }
    // The daemon is ending.
    close(descriptor)
    admission.leave(place)
  }
}
