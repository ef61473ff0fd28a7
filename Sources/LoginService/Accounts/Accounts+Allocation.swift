import LoginProtocol
import LoginRecords

extension Accounts {
  /// The writer's next id. One that our own table knows was given before the writer had a file of its own, and is left
  /// behind: it must not come twice.
  func newID(for name: LoginName, from writer: RecordWriter) async throws -> AccountID {
    let id = try await writer.bind(name)
    guard try isSpent(id) else { return id }
    try await writer.withdraw(name)
    let highest = try database.query("SELECT max(id) FROM ids").first?.integer(0) ?? 0
    guard let next = UInt32(exactly: highest + 1).flatMap({ AccountID($0) }) else { throw AccountError.idsExhausted }
    return try await writer.bind(name, id: next)
  }

  /// By anybody but who is being added now.
  private func isSpent(_ id: AccountID) throws -> Bool {
    !(try database.query("SELECT 1 FROM ids WHERE id = ?", .integer(Int64(id.number))).isEmpty)
  }

  /// Whether a name that has no account could get one without root's word. It must have a dot or an @, which no account
  /// of a package has, unless the configuration insists.
  package func couldAdd(_ name: LoginName, evenPlain: Bool) throws -> Bool {
    let machine = try self.machine.read()
    let isOutOfReach = RecordName(name.text)?.isOutOfSystemsReach ?? false
    return try (evenPlain || isOutOfReach) && stored(name) == nil && !machine.has(name: name.text)
      && !ReservedNames.contains(name.text)
  }
}
