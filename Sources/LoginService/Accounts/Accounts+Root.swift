import LoginProtocol

/// What root says about an account.
extension Accounts {
  /// Lets nobody in by this name, on this machine alone, until it is unlocked.
  package func setLocked(_ isLocked: Bool, _ name: LoginName) throws {
    guard let account = try stored(name) else { throw AccountError.unknownName(name.text) }
    try database.query(
      "UPDATE accounts SET locked = ? WHERE id = ?", .integer(isLocked ? 1 : 0), .integer(Int64(account.id.number)))
  }

  /// Forgets whose account it is and what the pool said about the person. Name, uid and mapping stay: whoever signs in
  /// next, and is meant by the name, owns what the uid owns. Its groups are lost: processes that run still have them.
  package func forget(_ name: LoginName) throws {
    try database.transaction {
      guard let account = try stored(name) else { throw AccountError.unknownName(name.text) }
      _ = try record([], of: account)
      try database.query(
        "UPDATE accounts SET subject = NULL, pool_name = NULL, disabled = 0, last_sign_in = NULL WHERE id = ?",
        .integer(Int64(account.id.number)))
    }
  }

  /// Remembers what the pool called a person when root made the name known; nil for nothing.
  package func setPoolName(_ poolName: String?, _ name: LoginName) throws {
    guard let account = try stored(name) else { throw AccountError.unknownName(name.text) }
    try database.query(
      "UPDATE accounts SET pool_name = ? WHERE id = ?", poolName.map { .text($0) } ?? .null,
      .integer(Int64(account.id.number)))
  }

  /// The account of whom the pool calls so.
  func named(_ poolName: String) throws -> Account? {
    try database.query(Self.byPoolName, .text(poolName)).first.flatMap(account)
  }
}
