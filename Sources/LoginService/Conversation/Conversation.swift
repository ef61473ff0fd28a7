import Cognito
import Logging
import LoginProtocol

/// One PAM hook, from BEGIN to RESULT.
package struct Conversation {
  let context: LoginContext
  let begin: Begin
  let peer: Peer
  let origin: Origin
  let terminal: any Prompter
  let logger: Logger
  /// Nothing may come of it that stays.
  let isRehearsal: Bool
  let audit = Audit()

  /// - Parameter isRehearsal: root asks for itself what would come of it, and is told all.
  package init(
    _ begin: Begin, peer: Peer, context: LoginContext, terminal: any Prompter, isRehearsal: Bool = false
  ) {
    self.context = context
    self.begin = begin
    self.peer = peer
    self.isRehearsal = isRehearsal
    origin = Origin(begin, from: peer)
    let mayBeAnybody = !isRehearsal && begin.operation == .authenticate && !origin.isOnThisMachine
    self.terminal = mayBeAnybody ? DiscreetPrompter(terminal) : terminal
    var logger = context.logger
    logger[metadataKey: "user"] = "\(begin.user)"
    logger[metadataKey: "operation"] = "\(begin.operation)"
    logger[metadataKey: "peer-uid"] = "\(peer.uid)"
    // What a stranger says of itself stays out: a line with an address of its choice would have others banned.
    if peer.isRoot {
      logger[metadataKey: "service"] = "\(begin.service)"
      if let tty = begin.tty { logger[metadataKey: "tty"] = "\(tty)" }
      if let rhost = begin.rhost { logger[metadataKey: "rhost"] = "\(rhost)" }
      if let caller = begin.caller { logger[metadataKey: "caller-uid"] = "\(caller)" }
    } else {
      logger[metadataKey: "claimed-service"] = "\(begin.service)"
    }
    self.logger = logger
  }

  /// How it ended, and what must be taken back if the other end never hears of it.
  package struct Ending: Sendable {
    package let outcome: Outcome
    package let lease: Leases.Lease?
    package let uid: UInt32?
  }

  /// Talks, and decides. Throws only when the other end is gone; any other failure is an outcome, never a success.
  package func run() async throws -> Ending {
    // What somebody else than root says of itself is left out here as well.
    let ending = try await ProgramTransport.$program.withValue(peer.isRoot ? begin.service : nil) { try await decide() }
    audit.log(ending.outcome, uid: ending.uid, to: logger)
    return ending
  }

  private func decide() async throws -> Ending {
    do {
      guard try await isPermitted() else {
        audit.isCounted = true
        context.refusals.note("asked for somebody else", by: "\(origin)")
        return ending(.notPermitted)
      }
      switch begin.operation {
      case .authenticate: return try await authenticate()
      case .account: return ending(try await account())
      case .changeCheck: return try await checkBeforeChange()
      case .changeUpdate: return ending(try await change())
      case .openSession, .closeSession: return ending(try await session())
      }
    } catch let ended as ConversationEnded {
      throw ended
    } catch is CancellationError {
      throw ConversationEnded(.closed)
    } catch {
      logger.error("failed", metadata: ["reason": "\(error)"])
      if begin.operation != .closeSession { try await terminal.warn(Wording.failed) }
      return ending(.failed)
    }
  }

  func ending(_ code: Outcome.Code) -> Ending {
    Ending(outcome: Outcome(code, for: begin), lease: nil, uid: nil)
  }

  /// Root may ask for anybody. A person may prove and change their own password (screen lockers run as the person), and
  /// say that a session of theirs has ended (systemd's services close theirs as the person), and nothing else; whether a
  /// name exists, nobody learns by being refused.
  private func isPermitted() async throws -> Bool {
    if peer.isRoot { return true }
    switch begin.operation {
    case .openSession: return false
    case .authenticate, .account, .changeCheck, .changeUpdate, .closeSession:
      return try await context.accounts.find(begin.user)?.id.number == peer.uid
    }
  }

  private func session() async throws -> Outcome.Code {
    guard let account = try await context.accounts.find(begin.user) else { return .unknownUser }
    if begin.operation == .openSession {
      await context.leases.sessionOpened(uid: account.id.number, by: peer.pid, service: begin.service)
      logger.info("session opened")
    } else {
      let unused = await context.leases.sessionClosed(uid: account.id.number, by: peer.pid, service: begin.service)
      logger.info("session closed")
      if let unused { await context.end(unused.tokens) }
    }
    return .success
  }
}
