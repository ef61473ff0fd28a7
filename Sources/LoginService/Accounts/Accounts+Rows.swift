import Cognito
import LoginProtocol
import LoginRecords

extension Accounts {
  static let byName: StaticString = """
    SELECT ids.id, name, subject, groups, disabled, last_sign_in, pool_user, lost_groups, pool_name, locked
    FROM accounts JOIN ids USING (id)
    WHERE name = ? AND removed_at IS NULL
    """
  static let byID: StaticString = """
    SELECT ids.id, name, subject, groups, disabled, last_sign_in, pool_user, lost_groups, pool_name, locked
    FROM accounts JOIN ids USING (id)
    WHERE id = ? AND removed_at IS NULL
    """
  static let bySubject: StaticString = """
    SELECT ids.id, name, subject, groups, disabled, last_sign_in, pool_user, lost_groups, pool_name, locked
    FROM accounts JOIN ids USING (id)
    WHERE subject = ? AND removed_at IS NULL
    """
  static let byPoolUser: StaticString = """
    SELECT ids.id, name, subject, groups, disabled, last_sign_in, pool_user, lost_groups, pool_name, locked
    FROM accounts JOIN ids USING (id)
    WHERE pool_user = ? AND removed_at IS NULL
    """
  static let byPoolName: StaticString = """
    SELECT ids.id, name, subject, groups, disabled, last_sign_in, pool_user, lost_groups, pool_name, locked
    FROM accounts JOIN ids USING (id)
    WHERE pool_name = ? AND removed_at IS NULL
    """
  static let page: StaticString = """
    SELECT ids.id, name, subject, groups, disabled, last_sign_in, pool_user, lost_groups, pool_name, locked
    FROM accounts JOIN ids USING (id)
    WHERE name > ? AND removed_at IS NULL ORDER BY name LIMIT ?
    """

  /// The row of a name, whatever the machine says about it.
  func stored(_ name: LoginName) throws -> Account? {
    try database.query(Self.byName, .text(name.text)).first.flatMap(account)
  }

  /// nil for a row that breaks a rule, as after a hand was laid on the file: such an account doesn't exist.
  func account(_ row: DatabaseRow) -> Account? {
    guard let number = row.integer(0), let id = UInt32(exactly: number).flatMap({ AccountID($0) }),
      let name = row.text(1).flatMap({ LoginName($0) }), let groups = row.text(3).flatMap(Self.groups),
      let lost = row.text(7).flatMap(Self.lost)
    else { return nil }
    return Account(
      name: name, id: id, subject: row.text(2), groups: groups, isDisabled: row.integer(4) != 0,
      lastSignIn: row.integer(5), poolUser: row.text(6), lostGroups: lost, poolName: row.text(8),
      isLocked: row.integer(9) != 0)
  }

  private static func groups(_ text: String) -> Set<String>? {
    guard let list = (try? JSONValue.parse(Array(text.utf8), maximumDepth: 2))?.array else { return nil }
    return Set(list.compactMap(\.string))
  }

  private static func lost(_ text: String) -> [String: Int64]? {
    (try? JSONValue.parse(Array(text.utf8), maximumDepth: 2))?.object?.compactMapValues(\.int)
  }

  /// Whether an account may be shown to the machine.
  nonisolated func isOurs(_ account: Account, beside machine: AccountFiles) -> Bool {
    !machine.has(name: account.name.text) && !machine.has(id: account.id.number)
      && !ReservedNames.contains(account.name.text)
  }
}
