import Cognito
import LoginProtocol

extension Accounts {
  /// Whether `subject` may be the person of a name, which needn't be known yet. The first complete sign-in pins the
  /// subject; another one is refused from then on: somebody was given the name of somebody else.
  package func check(_ name: LoginName, subject: String) throws {
    let account = try find(name)
    if let known = account?.subject {
      guard known == subject else { throw AccountError.anotherPerson(name.text) }
    } else if let row = try database.query(Self.bySubject, .text(subject)).first, let other = self.account(row) {
      throw AccountError.anotherName(other.name.text)
    }
  }

  /// Writes down what a complete, verified sign-in proved, after all that decides about it has said yes.
  ///
  /// - Parameter poolName: what the pool itself calls the person, which never changes
  package func recordSignIn(
    _ name: LoginName, subject: String, poolName: String? = nil, groups: Set<String>
  ) throws -> Account {
    guard try find(name) != nil else { throw AccountError.unknownName(name.text) }
    return try database.transaction {
      guard let account = try stored(name) else { throw AccountError.unknownName(name.text) }
      try check(name, subject: subject)
      let (now, id) = (clock.now, Int64(account.id.number))
      if account.subject == nil {
        try database.query("UPDATE accounts SET subject = ? WHERE id = ?", .text(subject), .integer(id))
      }
      let lost = try record(groups, of: account)
      try database.query(
        "UPDATE accounts SET disabled = 0, last_sign_in = ?, pool_name = coalesce(?, pool_name) WHERE id = ?",
        .integer(now), poolName.map { .text($0) } ?? .null, .integer(id))
      return Account(
        name: name, id: account.id, subject: subject, groups: groups, isDisabled: false, lastSignIn: now,
        poolUser: account.poolUser, lostGroups: lost, poolName: poolName ?? account.poolName,
        isLocked: account.isLocked)
    }
  }

  /// Writes down in which groups a person was found who may not sign in: other hooks must know as well. Somebody who never
  /// signed in leaves nothing behind.
  ///
  /// - Returns: whether anything changed.
  package func recordRefused(_ name: LoginName, subject: String, groups: Set<String>) throws -> Bool {
    try database.transaction {
      guard let account = try stored(name), account.subject == subject, account.groups != groups else { return false }
      _ = try record(groups, of: account)
      return true
    }
  }

  /// - Returns: all that is lost. What is had again isn't, nor what was lost before this machine started: no process of
  ///   that time runs any more.
  func record(_ groups: Set<String>, of account: Account) throws -> [String: Int64] {
    var lost = account.lostGroups.filter { $0.value >= clock.startOfMachine && !groups.contains($0.key) }
    for group in account.groups.subtracting(groups) { lost[group] = clock.now }
    let list = JSONValue.array(groups.sorted().map { .string($0) }).serialized()
    let object = JSONValue.object(lost.mapValues { .int($0) }).serialized()
    try database.query(
      "UPDATE accounts SET groups = ?, lost_groups = ? WHERE id = ?", .text(String(decoding: list, as: UTF8.self)),
      .text(String(decoding: object, as: UTF8.self)), .integer(Int64(account.id.number)))
    return lost
  }

  /// The account that the pool is asked for by `poolUser`.
  func mapped(to poolUser: String) throws -> Account? {
    try database.query(Self.byPoolUser, .text(poolUser)).first.flatMap(account)
  }
}
