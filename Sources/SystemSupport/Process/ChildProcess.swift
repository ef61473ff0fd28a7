import CLinux
import Glibc

/// Somebody else's program, run to its end for what it prints. It gets the three streams and the environment that are
/// given here, and nothing else of ours.
///
/// Nothing that it does, or leaves undone, holds the caller up beyond the deadline. It is over when the program has
/// exited: what it started in the background and left behind, holding the pipe perhaps, is neither waited for nor, if it is in
/// the program's group, left alive.
package struct ChildProcess: Sendable {
  /// The program's path, and its arguments.
  package var words: [String]
  /// Whether `words[0]` may be a name, to be found in PATH.
  package var isSearchedFor = false
  /// `NAME=value`, each.
  package var environment: [String]
  /// Its standard input; nil: it shares ours.
  package var input: [UInt8]?
  /// More output than this is an error.
  package var mostOutput: Int
  /// How much of its standard error is kept; what is beyond that is read and dropped. nil: it shares ours.
  package var mostComplaint: Int?
  /// Leaves the program in our process group, so that it may ask its user something at the terminal, and Ctrl-C ends both.
  /// What it starts is then nobody's to end: at the deadline only the program itself is killed.
  package var keepsTerminal = false

  package init(_ words: [String], environment: [String], mostOutput: Int) {
    self.words = words
    self.environment = environment
    self.mostOutput = mostOutput
  }

  package struct Outcome {
    package let output: [UInt8]
    package let complaint: [UInt8]
    package let end: ChildEnd
  }

  package enum Failure: Error, Equatable {
    /// With `errno`.
    case notStarted(Int32)
    case timedOut
    case tooMuchOutput
    case unreadable
    /// Another part of this process has waited for the program, or ignores SIGCHLD.
    case endUnknown
  }

  /// Blocks the thread, until the deadline at the longest.
  package func run(within time: Duration) throws(Failure) -> Outcome {
    let deadline = ContinuousClock.now + time
    var streams = try ChildStreams(input: input, keepsComplaint: mostComplaint != nil)
    let child = try spawn(streams)
    streams.closeTheirs()
    do {
      var (output, complaint): ([UInt8], [UInt8]) = ([], [])
      let end = try listen(to: child, &streams, &output, &complaint, until: deadline)
      child.bury()
      return Outcome(output: output, complaint: complaint, end: end)
    } catch {
      child.bury()
      throw error
    }
  }

  /// Reads both streams until the program has exited.
  private func listen(
    to child: Child, _ streams: inout ChildStreams, _ output: inout [UInt8], _ complaint: inout [UInt8],
    until deadline: ContinuousClock.Instant
  ) throws(Failure) -> ChildEnd {
    // An end of the streams wakes us at once. Its exit doesn't (a pidfd would, but not every container allows one), so it is
    // asked for: often while it can only be moments away, and seldom as long as the program has something to say.
    var pause = Duration.milliseconds(1)
    while true {
      // Asked before the reading, so that what it wrote last is read.
      let end = try child.end()
      try streams.read(&output, &complaint, most: mostOutput, mostComplaint: mostComplaint ?? 0)
      if let end { return end }
      let left = deadline - .now
      guard left > .zero else { throw .timedOut }
      streams.wait(for: min(left, pause))
      pause = min(pause * 2, .milliseconds(streams.areOpen ? 50 : 10))
    }
  }

  private func spawn(_ streams: borrowing ChildStreams) throws(Failure) -> Child {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    streams.hand(to: &actions)
    cspawn_close_from(&actions, 3)
    // A program that ignores what we ignore would be hard to end.
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | (keepsTerminal ? 0 : POSIX_SPAWN_SETPGROUP)))
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
    defer { for pointer in arguments + variables { free(pointer) } }
    var pid: pid_t = 0
    let start = isSearchedFor ? posix_spawnp : posix_spawn
    let error = start(&pid, words[0], &actions, &attributes, &arguments, &variables)
    guard error == 0 else { throw .notStarted(error) }
    return Child(pid: pid, leadsGroup: !keepsTerminal)
  }
}
