import CLinux
import Glibc

/// Runs a program with text on its standard input, and reads what it writes.
enum TriggerProgram {
  static let mostOutput = 1 << 20
  private static let mostComplaint = 4096

  enum Failure: Error, Equatable {
    /// It exited with another status than 0: the first line of what it complained of.
    case refused(String)
    case timedOut
    case broken(String)
  }

  static func run(_ words: [String], input: [UInt8], seconds: Double) -> Result<[UInt8], Failure> {
    guard let pipes = Pipes() else { return .failure(.broken("no descriptors left")) }
    defer { pipes.close() }
    guard let child = spawn(words, pipes) else { return .failure(.broken("\(words[0]) can't be run")) }
    pipes.closeChildSide()
    let outcome = exchange(pipes, input, until: .now + .seconds(seconds))
    if case .failure = outcome { kill(-child, SIGKILL) }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    // What the program left running in its group goes with it.
    kill(-child, SIGKILL)
    return outcome.flatMap { output, complaint in
      guard status & 0x7F == 0 else { return .failure(.broken("signal \(status & 0x7F)")) }
      guard status >> 8 & 0xFF == 0 else {
        let line =
          String(decoding: complaint, as: UTF8.self).split(whereSeparator: \.isNewline).first ?? "(no reason given)"
        return .failure(.refused(String(line)))
      }
      return .success(output)
    }
  }

  /// A new process group, so that a time-out ends its children too; nothing of ours open but the three
  /// streams; and an environment that says nothing of ours.
  private static func spawn(_ words: [String], _ pipes: Pipes) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_adddup2(&actions, pipes.input.theirs, 0)
    posix_spawn_file_actions_adddup2(&actions, pipes.output.theirs, 1)
    posix_spawn_file_actions_adddup2(&actions, pipes.complaint.theirs, 2)
    cspawn_close_from(&actions, 3)
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    let settings = ["PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8"]
    var environment: [UnsafeMutablePointer<CChar>?] = settings.map { strdup($0) } + [nil]
    defer { for pointer in arguments + environment { free(pointer) } }
    var child: pid_t = 0
    return posix_spawn(&child, words[0], &actions, &attributes, &arguments, &environment) == 0 ? child : nil
  }

  /// Writes the input and reads both outputs, until the program has closed them or time is up.
  private static func exchange(
    _ pipes: Pipes, _ input: [UInt8], until deadline: ContinuousClock.Instant
  ) -> Result<(output: [UInt8], complaint: [UInt8]), Failure> {
    var rest = input[...]
    var output: [UInt8] = []
    var complaint: [UInt8] = []
    var isOpen = (output: true, complaint: true)
    while isOpen.output || isOpen.complaint {
      let left = deadline - .now
      guard left > .zero else { return .failure(.timedOut) }
      var waits = [
        pollfd(fd: rest.isEmpty ? -1 : pipes.input.ours, events: Int16(POLLOUT), revents: 0),
        pollfd(fd: isOpen.output ? pipes.output.ours : -1, events: Int16(POLLIN), revents: 0),
        pollfd(fd: isOpen.complaint ? pipes.complaint.ours : -1, events: Int16(POLLIN), revents: 0),
      ]
      let milliseconds = Int32(
        clamping: left.components.seconds * 1000 + 1 + left.components.attoseconds / 1_000_000_000_000_000)
      if poll(&waits, 3, milliseconds) < 0 && errno != EINTR { return .failure(.broken("poll failed")) }
      if waits[0].revents != 0 {
        let sent = rest.withUnsafeBytes {
          send(pipes.input.ours, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        // A program that doesn't read its input may still answer.
        rest = sent > 0 ? rest.dropFirst(sent) : []
        if rest.isEmpty { shutdown(pipes.input.ours, Int32(SHUT_WR)) }
      }
      if waits[1].revents != 0 { isOpen.output = read(from: pipes.output.ours, into: &output) }
      if waits[2].revents != 0 { isOpen.complaint = read(from: pipes.complaint.ours, into: &complaint) }
      guard output.count <= mostOutput else { return .failure(.broken("too long an answer")) }
      if complaint.count > mostComplaint { complaint = Array(complaint.prefix(mostComplaint)) }
    }
    return .success((output, complaint))
  }

  private static func read(from descriptor: Int32, into bytes: inout [UInt8]) -> Bool {
    var buffer = [UInt8](repeating: 0, count: 16_384)
    let count = Glibc.read(descriptor, &buffer, buffer.count)
    if count > 0 { bytes += buffer.prefix(count) }
    return count > 0 || count < 0 && errno == EINTR
  }
}

/// The three streams of a child: a socket pair for its input, so that writing to one who has gone raises no signal.
private struct Pipes {
  let input: (theirs: Int32, ours: Int32)
  let output: (theirs: Int32, ours: Int32)
  let complaint: (theirs: Int32, ours: Int32)

  init?() {
    var opened: [[Int32]] = []
    for _ in 0..<3 {
      var pair: [Int32] = [-1, -1]
      guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &pair) == 0 else {
        for descriptor in opened.joined() { Glibc.close(descriptor) }
        return nil
      }
      opened.append(pair)
    }
    input = (opened[0][0], opened[0][1])
    output = (opened[1][0], opened[1][1])
    complaint = (opened[2][0], opened[2][1])
  }

  func closeChildSide() {
    for descriptor in [input.theirs, output.theirs, complaint.theirs] { Glibc.close(descriptor) }
  }

  func close() {
    for descriptor in [input.ours, output.ours, complaint.ours] { Glibc.close(descriptor) }
  }
}
