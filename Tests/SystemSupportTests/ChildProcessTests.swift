import Glibc
import SystemSupport
import Testing

@Suite("other people's programs")
struct ChildProcessTests {
  private static func shell(_ script: String, mostOutput: Int = 1 << 20) -> ChildProcess {
    var program = ChildProcess(
      ["/bin/sh", "-c", script], environment: ["PATH=/usr/bin:/bin"], mostOutput: mostOutput)
    program.input = []
    program.mostComplaint = 100
    return program
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  /// Whether a process is there and not a zombie.
  private static func lives(_ pid: pid_t) -> Bool {
    guard let file = fopen("/proc/\(pid)/stat", "r") else { return false }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 512)
    guard fgets(&line, 512, file) != nil else { return false }
    let fields = String(decoding: line.map { UInt8(bitPattern: $0) }, as: UTF8.self).split(separator: ") ")
    return fields.count > 1 && !fields[1].hasPrefix("Z") && !fields[1].hasPrefix("X")
  }

  /// Waits until a process has gone: a killed one needs a moment.
  private static func isGone(_ pid: pid_t) -> Bool {
    for _ in 0..<500 {
      if !lives(pid) { return true }
      usleep(10_000)
    }
    return false
  }

  @Test("a program gets its input, its environment and nothing else, and its output and end come back")
  func exchange() throws {
    let start = ContinuousClock.now
    var program = Self.shell("cat; env; ls /proc/self/fd | tr '\\n' ' '; echo complaint >&2; exit 7")
    program.input = Array("input\n".utf8)
    program.environment = ["PATH=/usr/bin:/bin", "A=b c"]
    let outcome = try program.run(within: .seconds(60))
    let lines = Self.text(outcome.output).split(separator: "\n")
    #expect(lines.first == "input")
    #expect(lines.contains("A=b c") && !lines.contains { $0.hasPrefix("HOME=") })
    // The fourth is ls's own look at the folder.
    #expect(lines.last == "0 1 2 3 ")
    #expect(Self.text(outcome.complaint) == "complaint\n")
    #expect(outcome.end == .exited(7))
    #expect(ContinuousClock.now - start < .seconds(30))
  }

  @Test("a program that ends by a signal, isn't there, or may not be run")
  func ends() throws {
    #expect(try Self.shell("kill -ABRT $$").run(within: .seconds(60)).end == .killed(signal: SIGABRT))
    for (path, reason) in [("/nonexistent", ENOENT), ("/etc/passwd", EACCES), ("sh", ENOENT)] {
      let program = ChildProcess([path], environment: [], mostOutput: 1)
      #expect(throws: ChildProcess.Failure.notStarted(reason)) { try program.run(within: .seconds(60)) }
    }
    var searched = ChildProcess(["sh", "-c", "exit 3"], environment: [], mostOutput: 1)
    searched.isSearchedFor = true
    #expect(try searched.run(within: .seconds(60)).end == .exited(3))
  }

  @Test("what was written just before the exit is read, up to the limit")
  func pendingOutput() throws {
    let output = try Self.shell("head -c 60000 /dev/zero").run(within: .seconds(60)).output
    #expect(output.count == 60_000)
    #expect(try Self.shell("printf 12345", mostOutput: 5).run(within: .seconds(60)).output.count == 5)
    #expect(throws: ChildProcess.Failure.tooMuchOutput) {
      try Self.shell("printf 123456", mostOutput: 5).run(within: .seconds(60))
    }
  }

  @Test("megabytes in and out pass, megabytes too many are an error, and so is a complaint without end")
  func megabytes() throws {
    var program = Self.shell("cat", mostOutput: 8 << 20)
    let input = [UInt8](repeating: 7, count: 5 << 20)
    program.input = input
    #expect(try program.run(within: .seconds(60)).output == input)
    #expect(throws: ChildProcess.Failure.tooMuchOutput) { try Self.shell("cat /dev/zero").run(within: .seconds(60)) }
    #expect(throws: ChildProcess.Failure.timedOut) {
      try Self.shell("cat /dev/zero >&2").run(within: .milliseconds(300))
    }
    #expect(try Self.shell("head -c 5000000 /dev/zero >&2").run(within: .seconds(60)).complaint.count == 100)
  }

  @Test("a program that doesn't read its input, and one that opens it once more")
  func input() throws {
    var program = Self.shell("echo yes")
    program.input = [UInt8](repeating: 0, count: 3 << 20)
    #expect(Self.text(try program.run(within: .seconds(60)).output) == "yes\n")
    program = Self.shell("cat /dev/stdin; echo out >/dev/stdout")
    program.input = Array("again ".utf8)
    #expect(Self.text(try program.run(within: .seconds(60)).output) == "again out\n")
  }

  @Test(
    "time is up for a program that sleeps, that closes its output first, that ignores SIGTERM, or that stops itself",
    arguments: [
      "sleep 25", "echo answer; exec >&- 2>&-; sleep 25", "trap '' TERM INT HUP QUIT; sleep 25 & wait; sleep 25",
      "kill -STOP $$", "while :; do echo x; sleep 0.01; done", "sleep 25 & sleep 25",
    ])
  func deadline(script: String) {
    let start = ContinuousClock.now
    #expect(throws: ChildProcess.Failure.timedOut) { try Self.shell(script).run(within: .milliseconds(300)) }
    #expect(ContinuousClock.now - start < .seconds(10))
  }

  @Test("what a program leaves behind in its group, holding the pipe, isn't waited for, and ends")
  func grandchild() throws {
    let start = ContinuousClock.now
    let outcome = try Self.shell("sleep 25 & echo $!").run(within: .seconds(20))
    #expect(ContinuousClock.now - start < .seconds(10))
    #expect(outcome.end == .exited(0))
    let pid = try #require(pid_t(Self.text(outcome.output).dropLast()))
    #expect(Self.isGone(pid))
  }

  @Test("what moved to a session of its own is not ours to end, and isn't waited for either, by the deadline or before")
  func daemon() throws {
    var start = ContinuousClock.now
    let outcome = try Self.shell("setsid sleep 25 & echo $!; exit 0").run(within: .seconds(20))
    #expect(ContinuousClock.now - start < .seconds(10))
    let pid = try #require(pid_t(Self.text(outcome.output).dropLast()))
    kill(pid, SIGKILL)
    start = .now
    #expect(throws: ChildProcess.Failure.timedOut) {
      try Self.shell("setsid sleep 3 & exec sleep 25").run(within: .milliseconds(300))
    }
    #expect(ContinuousClock.now - start < .seconds(2.5))
  }

  @Test("at the deadline the whole group ends")
  func groupEnds() throws {
    // The program says its child's number by a pipe of its own making: its output is lost with it.
    let path = "/tmp/child-process-test-\(getpid())"
    defer { unlink(path) }
    #expect(throws: ChildProcess.Failure.timedOut) {
      try Self.shell("sleep 25 & echo $! >\(path); wait").run(within: .seconds(1))
    }
    let file = try #require(fopen(path, "r"))
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 32)
    fgets(&line, 32, file)
    let text = String(decoding: line.prefix { $0 != 0 && $0 != 10 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    #expect(Self.isGone(try #require(pid_t(text))))
  }

  @Test("no process and no descriptor of ours is left over")
  func nothingLeft() throws {
    // In one go of its own, since other tests have processes and descriptors too: by number.
    let outcome = try Self.shell("echo $$").run(within: .seconds(60))
    let pid = try #require(pid_t(Self.text(outcome.output).dropLast()))
    #expect(waitpid(pid, nil, WNOHANG) == -1 && errno == ECHILD)
  }

  @Test("it starts with the standard signals, whatever its parent ignores")
  func signals() throws {
    signal(SIGPIPE, SIG_IGN)
    #expect(try Self.shell("kill -PIPE $$").run(within: .seconds(60)).end == .killed(signal: SIGPIPE))
  }
}
