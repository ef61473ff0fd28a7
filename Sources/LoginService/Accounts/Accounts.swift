import Cognito
import LoginProtocol
import LoginRecords

/// The people of the pool known to this machine: name ↔ subject ↔ id, kept in one SQLite file.
///
/// Its calls wait for the disk on the caller's executor: a few milliseconds, a few times for each sign-in.
package actor Accounts {
  let database: Database
  /// Read from the files themselves: asking NSS would ask our own records, and could wait for a service that waits for us.
  let machine: MachineFiles
  private let writer: RecordWriter
  let clock: UnixClock
  /// Held for its lock: no other daemon may give ids away from the same file.
  private let directory: StateDirectory

  /// - Parameters:
  ///   - directory: the daemon's own directory, made by `StateDirectory`.
  ///   - writer: gives ids away.
  package init(directory: StateDirectory, writer: RecordWriter, machine: MachineFiles, clock: UnixClock) throws {
    database = try Database(path: directory.path + "/accounts.sqlite")
    try AccountSchema.prepare(database)
    self.directory = directory
    self.machine = machine
    self.writer = writer
    self.clock = clock
  }

  /// Makes a name known; the account that already has it is returned, with the new mapping if there is one.
  ///
  /// - Parameter poolUser: what the pool is to be asked for in place of what the name itself says.
  package func add(_ name: LoginName, poolUser: String? = nil) async throws -> Account {
    // An id that is bound to a name without an account is withdrawn by the next picture of all accounts, and by whoever
    // adds the name at the same moment.
    try await writer.turn.run { try await self.addInTurn(name, poolUser: poolUser) }
  }

  private func addInTurn(_ name: LoginName, poolUser: String?) async throws -> Account {
    if let account = try known(name, poolUser: poolUser) { return account }
    guard try count() < Self.limit else { throw AccountError.full }
    let id = try await newID(for: name, from: writer)
    try database.transaction {
      try database.query(
        "INSERT INTO ids (id, kind, name, allocated_at) VALUES (?, 'user', ?, ?)", .integer(Int64(id.number)),
        .text(name.text), .integer(clock.now))
      try database.query(
        "INSERT INTO accounts (id, pool_user) VALUES (?, ?)", .integer(Int64(id.number)),
        poolUser.map { .text($0) } ?? .null)
    }
    return Account(
      name: name, id: id, subject: nil, groups: [], isDisabled: false, lastSignIn: nil, poolUser: poolUser)
  }

  private func known(_ name: LoginName, poolUser: String?) throws -> Account? {
    if let poolUser, let other = try mapped(to: poolUser), other.name != name {
      throw AccountError.anotherName(other.name.text)
    }
    guard var account = try stored(name) else { return nil }
    guard !(try machine.read().has(name: name.text)) else { throw AccountError.localName(name.text) }
    if let poolUser, poolUser != account.poolUser {
      try database.query(
        "UPDATE accounts SET pool_user = ? WHERE id = ?", .text(poolUser), .integer(Int64(account.id.number)))
      account.poolUser = poolUser
    }
    return account
  }

  /// The account of a name; nil when it has none, and also when the machine has got a user, group or id of its own
  /// since: local accounts always win.
  package func find(_ name: LoginName) throws -> Account? {
    guard let account = try stored(name), isOurs(account, beside: try machine.read()) else { return nil }
    return account
  }

  /// The account that owns `uid`, with the same exceptions.
  package func find(uid: UInt32) throws -> Account? {
    guard let row = try database.query(Self.byID, .integer(Int64(uid))).first, let account = account(row),
      isOurs(account, beside: try machine.read())
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
