import Cognito
import LoginProtocol

/// The people of the pool known to this machine: name ↔ subject ↔ id, kept in one SQLite file.
///
/// Its calls wait for the disk on the caller's executor: a few milliseconds, a few times for each sign-in.
package actor Accounts {
  let database: Database
  let local: LocalAccounts
  let ids: AccountIDRange
  let clock: UnixClock
  /// Held for its lock: no other daemon may give ids away from the same file.
  private let directory: StateDirectory

  /// - Parameters:
  ///   - directory: the daemon's own directory, made by `StateDirectory`.
  ///   - ids: which ids may be given away from now on.
  package init(directory: StateDirectory, ids: AccountIDRange, local: LocalAccounts, clock: UnixClock) throws {
    database = try Database(path: directory.path + "/accounts.sqlite")
    try AccountSchema.prepare(database)
    self.directory = directory
    self.local = local
    self.ids = ids
    self.clock = clock
  }

  /// Makes a name known; the account that already has it is returned as it is.
  package func add(_ name: LoginName) throws -> Account {
    if let account = try stored(name) {
      guard !(try local.snapshot().has(name: name.text)) else { throw AccountError.localName(name.text) }
      return account
    }
    guard try count() < Self.limit else { throw AccountError.full }
    let id = try database.transaction {
      let id = try allocate(name: name.text, kind: .user)
      try database.query("INSERT INTO accounts (id) VALUES (?)", .integer(Int64(id.number)))
      return id
    }
    return Account(name: name, id: id, subject: nil, groups: [], isDisabled: false, lastSignIn: nil)
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

  /// Everything that userdb records are made of.
  ///
  /// - Parameter linuxGroups: the groups that the configuration maps to; those that the machine doesn't have get an id.
  package func directory(linuxGroups: [String]) throws -> AccountDirectory {
    let machine = try local.snapshot()
    let accounts = try database.query(Self.page, .text(""), .integer(Int64(Self.limit))).compactMap(account)
    var groups: [String: AccountID] = [:]
    for name in linuxGroups where machine.groups[name] == nil {
      if let id = try groupID(name, beside: machine) { groups[name] = id }
    }
    return AccountDirectory(
      accounts: accounts.filter { isOurs($0, beside: machine) }, ownGroups: groups,
      localGroups: Set(linuxGroups).intersection(machine.groups.keys))
  }

  package func count() throws -> Int {
    Int(try database.query("SELECT count(*) FROM accounts").first?.integer(0) ?? 0)
  }

  static let limit = 20_000
}

/// What the userdb folder shall say.
package struct AccountDirectory: Sendable, Equatable {
  package let accounts: [Account]
  /// Groups that exist only through us.
  package let ownGroups: [String: AccountID]
  /// Groups of the machine that the configuration lets us give.
  package let localGroups: Set<String>
}
