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

  /// Runs until SIGTERM or SIGINT. SIGHUP makes it read its configuration again.
  ///
  /// - Parameter configuration: what it starts with, read from the file that the options name
  /// - Throws: `ConfigurationError` and others that keep it from starting, with what to do.
  package func run(_ configuration: LoginConfiguration) async throws {
    let signals = SignalArrivals(of: SignalArrivals.ends + [SIGHUP])
    Hardening.apply(logger: logger)
    guard geteuid() != 0 else {
      throw ConfigurationError(
        file: "cognito-logind", "runs as root, which it never needs to",
        advice: "Start it as its own user, as cognito-login (systemd does so)")
    }
    let context = try makeContext(configuration)
    let manager = ServiceManager()
    let reload = Reload(options.configuration, context: context, manager: manager)
    // Before anybody asks for a user: systemd waits for READY before nss-user-lookup.target.
    await reload.makeKnown()
    let socket = try ListeningSocket.fromServiceManager() ?? ListeningSocket(path: options.socket)
    let report = StatusReport(context: context)
    let requests = Requests(context: context) { await report.json }
    let server = LoginServer(ConnectionService(context: context, requests: requests, limits: ConnectionLimits()))
    // Streams and no continuations: they also end when the task that waits is cancelled.
    let (ends, end) = AsyncStream.makeStream(of: Void.self)
    let (hangups, hangup) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    signals.each { number in if number == SIGHUP { hangup.yield() } else { end.yield() } }

    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask {
        try await server.run(on: socket) {
          manager.notify("READY=1\nSTATUS=\(reload.status)")
          logger.notice("ready", metadata: ["pool": "\(configuration.pool.userPoolID)"])
        }
        throw CancellationError()
      }
      tasks.addTask { try await Housekeeping(context: context).run() }
      tasks.addTask { try await manager.keepAlive() }
      tasks.addTask { for await _ in hangups { await reload.run() } }
      tasks.addTask { for await _ in ends { break } }
      // Whatever ends first ends all; only the signal ends without an error.
      defer { tasks.cancelAll() }
      try await tasks.next()
      manager.notify("STOPPING=1")
      logger.notice("stopping")
    }
  }

  private func makeContext(_ configuration: LoginConfiguration) throws -> LoginContext {
    let inForce = ConfigurationInForce(configuration, authority: try CognitoAuthority(configuration.pool))
    let state = try StateDirectory(options.state)
    let writer = RecordWriter(
      SocketRecordChannel(RecordClient(path: options.writer)), configuration: inForce)
    let accounts = try Accounts(
      directory: state, writer: writer, machine: MachineFiles(withSubordinate: false), clock: .system)
    return LoginContext(
      configuration: inForce, accounts: accounts,
      userdb: Userdb(accounts: accounts, writer: writer, logger: logger), leases: Leases(), tickets: Tickets(),
      attempts: try AttemptLog(directory: state, clock: .system),
      devices: try DeviceStore(directory: state, clock: .system), logger: logger)
  }
}
