import Cognito
import FoundationEssentials
import Glibc
import Logging
import LoginProtocol
import LoginRecords
import LoginService
import Synchronization

/// A machine with a daemon in it, made of temporary files and a pool in memory.
final class World: Sendable {
  let directory: TemporaryDirectory
  let pool = FakePool()
  let clock = TestClock()
  let context: LoginContext
  let log = CapturedLog()
  let userdbPath: String
  let writer: InProcessWriter

  init(
    _ login: String = "allow_groups = staff", poolLines: String? = nil, authority: (any PoolAuthority)? = nil,
    deadline: Duration = .seconds(10), attempts: AttemptPolicy = AttemptPolicy(), directory: TemporaryDirectory? = nil
  ) throws {
    let directory = try directory ?? TemporaryDirectory()
    self.directory = directory
    if mode("\(directory.path)/passwd") == nil {
      try directory.write("passwd", "root:x:0:0:root:/root:/bin/bash\nlovelace:x:1000:1000::/home/lovelace:/bin/bash\n")
      try directory.write("group", "root:x:0:\nsudo:x:27:lovelace\nlovelace:x:1000:\nstaff-local:x:1500:\n")
    }
    let configuration = try LoginConfiguration.parse(
      Array("[pool]\n\(poolLines ?? "user_pool_id = eu-west-1_Test\nclient_id = client")\n[login]\n\(login)\n".utf8),
      name: "test.conf")
    let logger = Logger(label: "test") { [log] _ in log.handler }
    let state = try StateDirectory("\(directory.path)/state")
    userdbPath = directory.folder("userdb", mode: 0o755)
    writer = try InProcessWriter(in: directory, login: login)
    let inForce = ConfigurationInForce(configuration, authority: authority ?? pool)
    let records = RecordWriter(writer, configuration: inForce)
    let accounts = try Accounts(
      directory: state, writer: records,
      machine: MachineFiles(in: directory.path, withSubordinate: false),
      clock: clock.clock)
    logind = FakeLogind("\(directory.path)/systemd")
    let leases = Leases(
      clock: clock.bootClock, logind: LogindSessions(logind.path), isRunning: processes.isRunning)
    context = LoginContext(
      configuration: inForce, accounts: accounts,
      userdb: Userdb(accounts: accounts, writer: records, logger: logger),
      leases: leases, tickets: Tickets(clock: clock.bootClock),
      attempts: try AttemptLog(directory: state, policy: attempts, clock: clock.clock),
      devices: try DeviceStore(directory: state, clock: clock.clock),
      poolDeadline: deadline, clock: clock.clock, verdictTimes: VerdictTimes(first: .milliseconds(1)),
      sentCodes: SentCodes(clock: clock.bootClock), lockWaits: [.milliseconds(1), .milliseconds(1)], logger: logger)
    self.configuration = configuration
  }

  let configuration: LoginConfiguration
  let logind: FakeLogind
  let processes = FakeProcesses()

  /// A name made known, as by `cognito admin login add`, and its uid.
  @discardableResult
  func know(_ name: String, as poolUser: String? = nil) async throws -> UInt32 {
    let account = try await context.accounts.add(login(name), poolUser: poolUser)
    try await context.userdb.publish()
    return account.id.number
  }

  /// One hook, with a person who gives these answers, and, without `rhost`, is on this machine already (who isn't, is
  /// told less).
  func converse(
    _ operation: LoginProtocol.Hook, of name: String = "alice", as uid: UInt32 = 0, service: String = "sshd",
    flags: Begin.Flags = [], ticket: SecretBytes? = nil, pid: Int32 = 1, rhost: String? = nil,
    _ terminal: ScriptedPrompter = ScriptedPrompter()
  ) async throws -> Outcome {
    let begin = Begin(
      operation: operation, user: try login(name), service: service, rhost: rhost, flags: flags, ticket: ticket,
      caller: rhost == nil ? 1000 : 0)
    let peer = Peer(pid: pid, uid: uid, gid: uid)
    return try await Conversation(begin, peer: peer, context: context, terminal: terminal).run().outcome
  }

  /// What a record says, or nil.
  func record(_ name: String) -> JSONValue? {
    guard let data = FileManager.default.contents(atPath: "\(userdbPath)/\(name)") else { return nil }
    return try? JSONValue.parse(Array(data))
  }

  var records: [String] { (try? FileManager.default.contentsOfDirectory(atPath: userdbPath))?.sorted() ?? [] }
}

func login(_ name: String) throws -> LoginName {
  guard let name = LoginName(name) else { throw CocoaError(.formatting) }
  return name
}

/// A clock that stands still until it is told.
final class TestClock: Sendable {
  private let time = Mutex<Int64>(1_700_000_000)
  func advance(_ seconds: Int64) { time.withLock { $0 += seconds } }
  private let started = Mutex<Int64>(0)
  /// From now on the machine runs anew.
  func restartMachine() {
    let now = time.withLock { $0 }
    started.withLock { $0 = now }
  }
  var clock: UnixClock {
    UnixClock(uptime: { [self] in time.withLock { $0 } - started.withLock { $0 } }) { [self] in time.withLock { $0 } }
  }
  var bootClock: BootClock { BootClock { [self] in time.withLock { $0 } } }
}

/// What the daemon logged, as it would stand in the journal.
final class CapturedLog: Sendable {
  private let lines = Mutex<[String]>([])
  var text: String { lines.withLock { $0.joined() } }
  func add(_ line: String) { lines.withLock { $0.append(line) } }
  var handler: JournalLogHandler {
    var handler = JournalLogHandler { [self] line in lines.withLock { $0.append(line) } }
    handler.logLevel = .trace
    return handler
  }
}
