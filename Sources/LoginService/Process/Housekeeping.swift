import Logging
import SystemSupport

/// What has to happen without anybody asking: tokens that nobody collects are ended, and records go when the machine gets
/// a user or group of the same name.
package struct Housekeeping: Sendable {
  private let context: LoginContext
  private let interval: Duration

  package init(context: LoginContext, interval: Duration = .seconds(5)) {
    self.context = context
    self.interval = interval
  }

  /// Runs until cancelled; then the daemon stops, and what nobody has collected is lost: so it is ended.
  package func run() async throws {
    do { try await watch() } catch {
      // Not of this task, which is cancelled.
      await Task { await endAll() }.value
      throw error
    }
  }

  private func endAll() async {
    await withTaskGroup { tasks in
      for lease in await context.leases.dropAll() { tasks.addTask { await context.endAtStop(lease.tokens) } }
    }
  }

  private func watch() async throws {
    var seen = fingerprint()
    while true {
      try await Task.sleep(for: interval)
      await endUnused()
      context.refusals.report()
      let now = fingerprint()
      let isBehind = await context.userdb.isBehind
      guard now != seen || isBehind else { continue }
      seen = now
      do { try await context.userdb.publish() } catch {
        context.logger.error("userdb records can't be brought up to date", metadata: ["reason": "\(error)"])
      }
    }
  }

  package func endUnused() async {
    for lease in await context.leases.expired() {
      context.logger.info("tokens that nobody collected are ended", metadata: ["user": "\(lease.owner)"])
      await context.end(lease.tokens)
    }
    for proof in await context.tickets.expired() { context.discard(proof.tokens) }
  }

  /// Changes when one of the two files is replaced or written.
  private func fingerprint() -> [FileStamp?] { ["/etc/passwd", "/etc/group"].map { FileStamp($0) } }
}
