import Cognito
import Logging
import Synchronization

/// What every operation and route works with: storage, time, randomness, keys, and the ways out.
package final class PoolContext: Sendable {
  package let store: PoolStore
  package let clock: PoolClock
  package let random: Randomness
  package let keys: KeyRing
  /// Seals what a client carries for us between two steps of a sign-in.
  package let sealer: StateSealer
  /// Stands in for users that don't exist.
  package let simulation: UserSimulation
  package let attempts: AttemptLedger
  package let deviceSignIns = DeviceSignIns()
  package let unknownMembers = UnknownMembers()
  package let outbox: any OutboxSink
  package let triggers: any TriggerRunner
  package let interceptors: [any OperationInterceptor]
  /// What goes wrong on purpose; nil when the control interface wasn't asked for.
  package let faults: FaultPlan?
  /// The last requests; nil when the administrator's pages weren't asked for.
  package let requestLog: RequestLog?
  /// AWS credentials that admin calls must be signed with; none: any signature, or none, is accepted.
  package let credentials: [AdminCredential]
  package let logger: Logger
  private let address: Mutex<Address>

  private struct Address {
    var endpoint: String
    var issuerBase: String?
  }

  package init(
    store: PoolStore, clock: PoolClock = PoolClock(), random: Randomness = .system, outbox: any OutboxSink,
    triggers: any TriggerRunner = NoTriggers(), interceptors: [any OperationInterceptor] = [],
    faults: FaultPlan? = nil, requestLog: RequestLog? = nil, credentials: [AdminCredential] = [], endpoint: String,
    issuerBase: String? = nil,
    logger: Logger
  ) throws {
    self.store = store
    self.clock = clock
    self.random = random
    self.outbox = outbox
    self.triggers = triggers
    let own: [(any OperationInterceptor)?] = [requestLog, faults]
    self.interceptors = interceptors + own.compactMap { $0 }
    self.requestLog = requestLog
    self.faults = faults
    self.credentials = credentials
    self.logger = logger
    keys = KeyRing(store: store, clock: clock, random: random)
    let secrets = try ServerSecrets(store: store, random: random)
    sealer = StateSealer(key: secrets.sealingKey, random: random)
    simulation = UserSimulation(seed: secrets.simulationSeed)
    attempts = AttemptLedger()
    address = Mutex(Address(endpoint: endpoint, issuerBase: issuerBase))
  }

  /// `http://127.0.0.1:9229`: where clients send their operations. Known for certain once the port is bound.
  package var endpoint: String {
    get { address.withLock { $0.endpoint } }
    set { address.withLock { $0.endpoint = newValue } }
  }

  /// Where clients find the pool: what stands before `/{pool id}` in issuers.
  package var publicAddress: String { address.withLock { $0.issuerBase ?? $0.endpoint } }

  /// The `iss` of the pool's tokens.
  package func issuer(of pool: PoolRecord) -> String {
    issuer(poolID: pool.id, pool.settings.issuerConfiguration?.type == "UPDATED" ? .updated : .original)
  }

  /// One of the two forms that a pool's issuer can have.
  func issuer(poolID: String, _ form: IssuerForm) -> String { publicAddress + form.path + poolID }
}
