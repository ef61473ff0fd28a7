import Logging

/// Keeps the userdb folder in step with the accounts.
package actor Userdb {
  private let accounts: Accounts
  private let folder: UserdbFolder
  private let login: LoginConfiguration.Login
  private let logger: Logger
  private var begun = 0
  private var written = 0

  package init(accounts: Accounts, folder: UserdbFolder, login: LoginConfiguration.Login, logger: Logger) {
    self.accounts = accounts
    self.folder = folder
    self.login = login
    self.logger = logger
  }

  /// Makes the folder say what the accounts say. When this returns, every change made before the call is there.
  package func publish() async throws {
    begun += 1
    let mine = begun
    let directory = try await accounts.directory(linuxGroups: login.groupMap.linuxGroups)
    // While we waited, a later call may have written a picture that has all of ours: don't put an older one over it.
    guard mine > written else { return }
    let failures = try folder.replace(with: UserdbRecords(directory, login: login))
    written = mine
    for (name, reason) in failures.sorted(by: { $0.key < $1.key }) {
      logger.error("a userdb record can't be written", metadata: ["record": "\(name)", "reason": "\(reason)"])
    }
  }
}
