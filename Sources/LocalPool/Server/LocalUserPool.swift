import Cognito
import FoundationEssentials
import Logging

/// A user pool in this process: everything that `cognito-pool serve` is, for tests of programs that sign users in.
///
///     let pool = try await LocalUserPool.start()
///     try pool.addUser("ada", password: "Correct-horse-9")
///     … point the program under test at pool.endpoint …
///     await pool.stop()
public final class LocalUserPool: Sendable {
  private let server: HTTPServer
  private let temporaryDirectory: TemporaryState?
  private let lock: StateLock
  private let chores: [Task<Void, Never>]
  package let context: PoolContext

  /// Where clients send their operations, e.g. `http://127.0.0.1:40123`.
  public let endpoint: String
  /// The `iss` of the first pool's tokens.
  public let issuer: String
  /// The pool that was made at the first start.
  public let userPoolID: String
  /// Its app client, which has no secret.
  public let clientID: String

  private init(
    server: HTTPServer, temporaryDirectory: TemporaryState?, lock: StateLock, context: PoolContext,
    courier: MailCourier?, first: FirstStart.Made, issuer: String
  ) {
    self.server = server
    self.temporaryDirectory = temporaryDirectory
    self.lock = lock
    chores = [ExpirySweep.start(context), courier?.start(context.store)].compactMap { $0 }
    self.context = context
    endpoint = context.endpoint
    self.issuer = issuer
    userPoolID = first.userPoolID
    clientID = first.clientID
  }

  /// Opens (or makes) the state, listens, and makes a pool and an app client if there is none.
  ///
  /// - Throws: when the address can't be bound, or the state directory can't be used.
  public static func start(_ configuration: Configuration = Configuration()) async throws -> LocalUserPool {
    let temporary = configuration.stateDirectory == nil ? try TemporaryState() : nil
    let directory = configuration.stateDirectory ?? temporary?.path ?? ""
    let store = try PoolStore(directory: directory)
    let lock = try StateLock(directory: directory)
    let clock = configuration.frozenAt.map { PoolClock(frozenAt: $0) } ?? PoolClock()
    let courier = configuration.mailRelay.map {
      MailCourier(transport: CurlMail($0), logger: configuration.logger)
    }
    let context = try PoolContext(
      store: store, clock: clock,
      outbox: StoredOutbox(
        store: store, others: try configuration.maildir.map { [try Maildir(path: $0)] } ?? [], courier: courier),
      triggers: ExternalTriggers(configuration.triggers),
      faults: configuration.allowsControl ? FaultPlan() : nil,
      requestLog: configuration.showsAdminPages ? RequestLog() : nil,
      credentials: configuration.adminCredentials.map {
        AdminCredential(accessKeyID: $0.accessKeyID, secretAccessKey: $0.secretAccessKey)
      },
      endpoint: "http://\(configuration.host):\(configuration.port)", issuerBase: configuration.issuerBase,
      logger: configuration.logger)
    try configuration.seed?.apply(to: context)
    let first = try FirstStart.ensure(context)
    let pool = try context.pool(first.userPoolID)
    // The keys are made before anybody can ask for them: it takes a quarter of a second.
    _ = try context.keys.keys(poolID: first.userPoolID)
    let server = try await HTTPServer.start(
      host: configuration.host, port: configuration.port, limits: configuration.limits, logger: configuration.logger
    ) { Responder.respond(to: $0, context) }
    let host = configuration.host.contains(":") ? "[\(configuration.host)]" : configuration.host
    context.endpoint = "http://\(host):\(server.port)"
    return LocalUserPool(
      server: server, temporaryDirectory: temporary, lock: lock, context: context, courier: courier, first: first,
      issuer: context.issuer(of: pool))
  }

  /// Runs an operation inside the process, as an administrator: no HTTP, no signature.
  ///
  /// - Parameters:
  ///   - operation: its name, e.g. `AdminCreateUser`.
  ///   - input: its input as the AWS API names it.
  /// - Throws: ``PoolFailure`` with the exception that the service would have answered with.
  @discardableResult
  public func perform(_ operation: String, _ input: [String: JSONValue]) throws -> JSONValue {
    do {
      return try Responder.perform(operation, OperationInput(input), context)
    } catch let error as PoolException {
      throw PoolFailure(exception: error.type, message: error.message)
    }
  }

  /// Moves the pool's clock, by which tokens, sessions and codes expire.
  public func advanceClock(by span: Duration) {
    context.clock.advance(by: span / .seconds(1))
  }

  /// Stops the pool's clock at a moment.
  public func freezeClock(at moment: Date) {
    context.clock.freeze(at: moment)
  }

  /// Lets something go wrong, once or more often; nothing happens in a pool that was started without `allowsControl`.
  public func inject(_ fault: Fault) {
    context.faults?.add(fault)
  }

  /// Ends the server; a state directory that nobody named is removed.
  public func stop() async {
    for chore in chores { chore.cancel() }
    await server.stop()
    lock.release()
    temporaryDirectory?.remove()
  }
}

/// An operation that the pool refused.
public struct PoolFailure: Error, Equatable, Sendable {
  /// The exception's name, e.g. `NotAuthorizedException`.
  public let exception: String
  public let message: String

  public init(exception: String, message: String) {
    self.exception = exception
    self.message = message
  }
}
