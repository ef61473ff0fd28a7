import Cognito
import LoginProtocol

/// The people of the pool known to this machine: name ↔ subject ↔ id, kept in one SQLite file.
///
/// Its calls wait for the disk on the caller's executor: a few milliseconds, a few times for each sign-in.
package actor Accounts {
  let database: Database
  let local: LocalAccounts
  private let writer: RecordWriter
  let clock: UnixClock
  /// Held for its lock: no other daemon may give ids away from the same file.
  private let directory: StateDirectory

  /// - Parameters:
  ///   - directory: the daemon's own directory, made by `StateDirectory`.
  ///   - writer: gives ids away.
  package init(directory: StateDirectory, writer: RecordWriter, local: LocalAccounts, clock: UnixClock) throws {
    database = try Database(path: directory.path + "/accounts.sqlite")
    try AccountSchema.prepare(database)
    self.directory = directory
    self.local = local
    self.writer = writer
    self.clock = clock
  }

  /// Makes a name known; the account that already has it is returned as it is.
  package func add(_ name: LoginName) async throws -> Account {
    if let account = try known(name) { return account }
    guard try count() < Self.limit else { throw AccountError.full }
    let id = try await newID(for: name, from: writer)
    // Somebody else may have added the name while the writer was asked.
    if let account = try known(name) { return account }
    try database.transaction {
      try database.query(
        "INSERT INTO ids (id, kind, name, allocated_at) VALUES (?, 'user', ?, ?)", .integer(Int64(id.number)),
        .text(name.text), .integer(clock.now))
      try database.query("INSERT INTO accounts (id) VALUES (?)", .integer(Int64(id.number)))
    }
    return Account(name: name, id: id, subject: nil, groups: [], isDisabled: false, lastSignIn: nil)
  }

  private func known(_ name: LoginName) throws -> Account? {
    guard let account = try stored(name) else { return nil }
    guard !(try local.snapshot().has(name: name.text)) else { throw AccountError.localName(name.text) }
    return account
  }

  /// The account of a name; nil when it has none, and also when the machine has got a user, group or id of its own
  /// since: local accounts always win.
  package func find(_ name: LoginName) throws -> Account? {
    guard let account = try stored(name), isOurs(account, beside: try local.snapshot()) else { return nil }
    return account
  }

  /// The account that owns `uid`, with the same exceptions.
  package func find(uid: UInt32) throws -> Account? {
    guard let row = try database.query(Self.byID, .integer(Int64(uid))).first, let account = account(row),
      isOurs(account, beside: try local.snapshot())
    else { return nil }
    return account
  }

  /// Accounts in rising order of name.
  ///
  /// - Parameter after: only names after this one.
  package func list(after: LoginName? = nil, limit: Int) throws -> [Account] {
    try database.query(Self.page, .text(after?.text ?? ""), .integer(Int64(limit))).compactMap(account)
  }

  /// Forgets a person. The id stays taken for good; the same name gets another one if it is ever added again.
  package func remove(_ name: LoginName) throws {
    guard let account = try stored(name) else { throw AccountError.unknownName(name.text) }
    try database.transaction {
      try database.query("DELETE FROM accounts WHERE id = ?", .integer(Int64(account.id.number)))
      try database.query(
        "UPDATE ids SET removed_at = ? WHERE id = ?", .integer(clock.now), .integer(Int64(account.id.number)))
    }
  }

  /// Writes down what a complete, verified sign-in proved. The first one pins the subject; a later one with another
  /// subject is refused: somebody was given the name of somebody else.
  package func recordSignIn(_ name: LoginName, subject: String, groups: Set<String>) throws -> Account {
    guard try find(name) != nil else { throw AccountError.unknownName(name.text) }
    return try database.transaction {
      guard let account = try stored(name) else { throw AccountError.unknownName(name.text) }
      if let known = account.subject {
        guard known == subject else { throw AccountError.anotherPerson(name.text) }
      } else {
        if let row = try database.query(Self.bySubject, .text(subject)).first, let other = self.account(row) {
          throw AccountError.anotherName(other.name.text)
        }
        try database.query(
          "UPDATE accounts SET subject = ? WHERE id = ?", .text(subject), .integer(Int64(account.id.number)))
      }
      let now = clock.now
      let list = JSONValue.array(groups.sorted().map { .string($0) }).serialized()
      try database.query(
        "UPDATE accounts SET groups = ?, disabled = 0, last_sign_in = ? WHERE id = ?",
        .text(String(decoding: list, as: UTF8.self)), .integer(now), .integer(Int64(account.id.number)))
      return Account(
        name: name, id: account.id, subject: subject, groups: groups, isDisabled: false, lastSignIn: now)
    }
  }

  /// Remembers that the pool refuses a person altogether, for hooks that come without a password.
  package func markDisabled(_ name: LoginName) throws {
    guard let account = try stored(name) else { return }
    try database.query("UPDATE accounts SET disabled = 1 WHERE id = ?", .integer(Int64(account.id.number)))
  }

  /// All accounts, in rising order of name; also those whose name the machine has got since.
  package func everyone() throws -> [Account] { try list(limit: Self.limit) }

  package func count() throws -> Int {
    Int(try database.query("SELECT count(*) FROM accounts").first?.integer(0) ?? 0)
  }

  static let limit = 20_000
}
