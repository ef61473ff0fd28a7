import Logging
import LoginProtocol
import LoginRecords

/// Keeps the machine's records of people in step with the accounts. They are written by a program of root's (see
/// `LoginRecords`); this asks it.
package actor Userdb {
  private let accounts: Accounts
  private let writer: RecordWriter
  private let logger: Logger
  private var begun = 0
  private var done = 0
  /// The records may say something else than the accounts: the writer was away.
  package private(set) var isBehind = true

  package init(accounts: Accounts, writer: RecordWriter, logger: Logger) {
    self.accounts = accounts
    self.writer = writer
    self.logger = logger
  }

  /// Makes all records say what the accounts say. When this returns, every change made before the call is there.
  package func publish() async throws {
    begun += 1
    let mine = begun
    isBehind = true
    try await writer.turn.run { try await self.publishAll(asked: mine) }
  }

  private func publishAll(asked mine: Int) async throws {
    // While this call waited for its turn, another one may have told a picture that has all of it.
    guard mine > done else { return }
    let latest = begun
    let failures = try await writer.publish(all: accounts.everyone())
    done = latest
    if latest == begun { isBehind = false }
    for (name, reason) in failures.sorted(by: { $0.key < $1.key }) {
      logger.error("a userdb record isn't as the account is", metadata: ["user": "\(name)", "reason": "\(reason)"])
    }
  }

  /// The same for one person.
  package func publish(_ name: LoginName) async throws {
    do {
      let withheld = try await writer.turn.run { [accounts, writer] in
        guard let account = try await accounts.find(name) else { return [RecordName]() }
        return try await writer.publish(account)
      }
      guard !withheld.isEmpty else { return }
      logger.error("groups", metadata: ["user": "\(name)", "reason": "\(RecordWriter.told(withheld))"])
    } catch {
      isBehind = true
      throw error
    }
  }

  /// The records of somebody whose account is gone.
  package func withdraw(_ name: LoginName) async throws {
    do { try await writer.turn.run { [writer] in try await writer.withdraw(name) } } catch {
      isBehind = true
      throw error
    }
  }
}
