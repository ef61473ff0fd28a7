import Cognito
import Glibc
import Logging
import LoginProtocol
import LoginRecords
import SystemSupport

/// cognito-logind, from its options to its end.
package struct Daemon: Sendable {
  private let options: DaemonOptions
  private let logger: Logger

  package init(_ options: DaemonOptions, logger: Logger) {
    self.options = options
    self.logger = logger
  }

  /// Runs until SIGTERM or SIGINT.
  ///
  /// - Throws: `ConfigurationError` and others that keep it from starting, with what to do.
  package func run() async throws {
    let signal = TerminationSignal()
    Hardening.apply(logger: logger)
    guard geteuid() != 0 else {
      throw ConfigurationError(
        file: "cognito-logind", "runs as root, which it never needs to",
        advice: "Start it as its own user, as cognito-login (systemd does so)")
    }
    let configuration = try LoginConfiguration.read(options.configuration)
    let context = try makeContext(configuration)
    // Before anybody asks for a user: systemd waits for READY before nss-user-lookup.target.
    do {
      try await context.userdb.publish()
      let people = try await context.accounts.count()
      logger.notice(
        "people made known to the machine",
        metadata: ["people": "\(people)", "configuration": "\(options.configuration)"])
    } catch {
      // Records that are there let people in; and the writer is asked again.
      logger.error("userdb records can't be brought up to date", metadata: ["reason": "\(error)"])
    }
    let socket = try ListeningSocket.fromServiceManager() ?? ListeningSocket(path: options.socket)
    let report = StatusReport(context: context, pool: configuration.pool)
    let requests = Requests(context: context, pool: configuration.pool) { await report.json }
    let server = LoginServer(ConnectionService(context: context, requests: requests, limits: ConnectionLimits()))
    let manager = ServiceManager()

    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask {
        try await server.run(on: socket) {
          manager.notify("READY=1\nSTATUS=Serving user pool \(configuration.pool.userPoolID)")
          logger.notice("ready", metadata: ["pool": "\(configuration.pool.userPoolID)"])
        }
        throw CancellationError()
      }
      tasks.addTask { try await Housekeeping(context: context).run() }
      tasks.addTask { try await manager.keepAlive() }
      tasks.addTask {
        // A stream and no continuation: it also ends when this task is cancelled.
        let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self)
        signal.whenArrived { arrival.yield() }
        for await _ in arrivals { break }
      }
      // Whatever ends first ends all; only the signal ends without an error.
      defer { tasks.cancelAll() }
      try await tasks.next()
      manager.notify("STOPPING=1")
      logger.notice("stopping")
    }
  }

  private func makeContext(_ configuration: LoginConfiguration) throws -> LoginContext {
    let state = try StateDirectory(options.state)
    let writer = RecordWriter(
      SocketRecordChannel(RecordClient(path: options.writer)), login: configuration.login)
    let accounts = try Accounts(directory: state, writer: writer, local: LocalAccounts(), clock: .system)
    return LoginContext(
      login: configuration.login, accounts: accounts,
      userdb: Userdb(accounts: accounts, writer: writer, logger: logger),
      authority: try CognitoAuthority(configuration.pool), leases: Leases(), tickets: Tickets(),
      attempts: try AttemptLog(directory: state, clock: .system),
      devices: try DeviceStore(directory: state, clock: .system), logger: logger)
  }
}
