import Logging
import LoginProtocol

/// All that conversations and requests work with, made once at start.
package struct LoginContext: Sendable {
  package let configuration: ConfigurationInForce
  package let accounts: Accounts
  package let userdb: Userdb
  package let leases: Leases
  package let tickets: Tickets
  package let attempts: AttemptLog
  package let devices: DeviceStore
  package let openAttempts = OpenAttempts()
  package let refusals: Refusals
  package let verdictTimes: VerdictTimes
  package let sentCodes: SentCodes
  /// How long a lock of the pool's is waited out, each time before it is asked again. Together with the answers, shorter
  /// than pam_cognito's `answer_timeout`.
  package let lockWaits: [Duration]
  /// The longest wait for one answer of the pool, which may take two calls. Shorter than pam_cognito's `answer_timeout`,
  /// with room for the keys that the tokens are checked with.
  package let poolDeadline: Duration
  package let clock: UnixClock
  package let logger: Logger

  package init(
    configuration: ConfigurationInForce, accounts: Accounts, userdb: Userdb, leases: Leases, tickets: Tickets,
    attempts: AttemptLog, devices: DeviceStore, poolDeadline: Duration = .seconds(40), clock: UnixClock = .system,
    verdictTimes: VerdictTimes = VerdictTimes(), sentCodes: SentCodes = SentCodes(),
    lockWaits: [Duration] = [1, 2, 4, 8, 16].map { .seconds($0) },
    logger: Logger
  ) {
    self.configuration = configuration
    self.accounts = accounts
    self.userdb = userdb
    self.leases = leases
    self.tickets = tickets
    self.attempts = attempts
    self.devices = devices
    self.poolDeadline = poolDeadline
    self.clock = clock
    self.verdictTimes = verdictTimes
    self.sentCodes = sentCodes
    self.lockWaits = lockWaits
    self.logger = logger
    refusals = Refusals(logger: logger)
  }

  package var login: LoginConfiguration.Login { configuration.login }

  /// Asks the pool, within the deadline.
  ///
  /// - Parameter limit: nil for the deadline of all calls
  func pool<Result: Sendable>(
    within limit: Duration? = nil, _ work: @escaping @Sendable (any PoolAuthority) async throws -> Result
  ) async throws -> Result {
    let authority = configuration.authority
    return try await Deadline.run(limit ?? poolDeadline) { try await work(authority) }
  }

  /// Ends tokens that nobody will use, as the configuration says. Best effort: they expire by themselves too.
  ///
  /// - Returns: false when the pool didn't confirm.
  @discardableResult
  func end(_ tokens: LoginTokens) async -> Bool {
    do {
      switch login.signOut {
      case .forget: break
      case .revoke: try await pool { try await $0.revoke(tokens) }
      case .global: try await pool { try await $0.signOutEverywhere(tokens) }
      }
      return true
    } catch {
      logger.warning("unused tokens could not be revoked", metadata: ["reason": "\(error)"])
      return false
    }
  }

  /// Ends tokens that the daemon can't keep over its stop. Their sessions go on, so nothing else of the person's ends with
  /// them.
  func endAtStop(_ tokens: LoginTokens) async {
    guard login.signOut != .forget else { return }
    do { try await pool(within: .seconds(5)) { try await $0.revoke(tokens) } } catch {
      logger.warning("uncollected tokens could not be revoked", metadata: ["reason": "\(error)"])
    }
  }

  /// Revokes tokens that were only needed to prove something, in the background.
  func discard(_ tokens: LoginTokens) {
    guard tokens.refreshToken != nil else { return }
    Task {
      do { try await pool { try await $0.revoke(tokens) } } catch {
        logger.warning("unused tokens could not be revoked", metadata: ["reason": "\(error)"])
      }
    }
  }
}
