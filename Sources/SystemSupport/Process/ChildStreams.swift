import CLinux
import Glibc

/// What lies between a program and us. Its input is a file in memory, so that nobody has to write while it reads; its output
/// comes by pipes, of which our side never blocks.
struct ChildStreams: ~Copyable {
  /// The program's sides; none where it shares ours, and once it has them.
  private var input = OwnedDescriptor.none
  private var outputEnd = OwnedDescriptor.none
  private var complaintEnd = OwnedDescriptor.none
  /// Our sides; none when the program, and all that it gave its side to, are done with it.
  private var output = OwnedDescriptor.none
  private var complaint = OwnedDescriptor.none

  init(input bytes: [UInt8]?, keepsComplaint: Bool) throws(ChildProcess.Failure) {
    if let bytes {
      input = OwnedDescriptor(MemoryFile.open(holding: bytes) ?? -1).aboveStreams()
      guard input.isOpen else { throw .notStarted(errno) }
    }
    try Self.pipe(&output, &outputEnd)
    if keepsComplaint { try Self.pipe(&complaint, &complaintEnd) }
  }

  private static func pipe(
    _ ours: inout OwnedDescriptor, _ theirs: inout OwnedDescriptor
  ) throws(ChildProcess.Failure) {
    var ends: [Int32] = [-1, -1]
    guard cspawn_pipe(&ends, O_CLOEXEC) == 0 else { throw .notStarted(errno) }
    ours = OwnedDescriptor(ends[0])
    theirs = OwnedDescriptor(ends[1]).aboveStreams()
    guard theirs.isOpen, fcntl(ours.number, F_SETFL, O_NONBLOCK) == 0 else { throw .notStarted(errno) }
  }

  func hand(to actions: inout posix_spawn_file_actions_t) {
    if input.isOpen { posix_spawn_file_actions_adddup2(&actions, input.number, STDIN_FILENO) }
    posix_spawn_file_actions_adddup2(&actions, outputEnd.number, STDOUT_FILENO)
    if complaintEnd.isOpen { posix_spawn_file_actions_adddup2(&actions, complaintEnd.number, STDERR_FILENO) }
  }

  mutating func closeTheirs() {
    input = .none
    outputEnd = .none
    complaintEnd = .none
  }

  var areOpen: Bool { output.isOpen || complaint.isOpen }

  func wait(for time: Duration) {
    var waits = [output.number, complaint.number].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    poll(&waits, nfds_t(waits.count), max(1, Int32(clamping: Int64(time / .milliseconds(1)))))
  }

  /// Reads what is there.
  mutating func read(
    _ output: inout [UInt8], _ complaint: inout [UInt8], most: Int, mostComplaint: Int
  ) throws(ChildProcess.Failure) {
    try Self.read(&self.output) { chunk throws(ChildProcess.Failure) in
      guard output.count + chunk.count <= most else { throw .tooMuchOutput }
      output += chunk
    }
    try Self.read(&self.complaint) { chunk throws(ChildProcess.Failure) in
      complaint += chunk.prefix(mostComplaint - complaint.count)
    }
  }

  private static func read(
    _ stream: inout OwnedDescriptor, _ take: (ArraySlice<UInt8>) throws(ChildProcess.Failure) -> Void
  ) throws(ChildProcess.Failure) {
    guard stream.isOpen else { return }
    var buffer = [UInt8](repeating: 0, count: 16_384)
    // It may be a secret.
    defer { wipe(&buffer) }
    // Not for ever: who writes without end is to meet the deadline. A pipe holds less than this.
    for _ in 0..<64 {
      let count = Glibc.read(stream.number, &buffer, buffer.count)
      if count > 0 {
        try take(buffer[..<count])
      } else if count == 0 {
        stream = .none
        return
      } else if errno != EINTR {
        guard errno == EAGAIN else { throw .unreadable }
        return
      }
    }
  }
}
