import LoginProtocol

extension Accounts {
  enum Kind: String {
    case user, group
  }

  /// Takes the next id, always above all that were ever given away, so that none comes twice even if rows were lost
  /// from the end of the range. To be called inside a transaction.
  func allocate(name: String, kind: Kind) throws -> AccountID {
    let machine = try local.snapshot()
    guard !machine.has(name: name) else { throw AccountError.localName(name) }
    guard !ReservedNames.contains(name) else { throw AccountError.reservedName(name) }
    let last = try database.query(
      "SELECT max(id) FROM ids WHERE id BETWEEN ? AND ?", .integer(Int64(ids.minimum.number)),
      .integer(Int64(ids.maximum.number))
    ).first?.integer(0)
    var next = last.map { $0 + 1 } ?? Int64(ids.minimum.number)
    while let candidate = UInt32(exactly: next).flatMap({ AccountID($0) }), ids.contains(candidate) {
      if !machine.has(id: candidate.number) {
        try database.query(
          "INSERT INTO ids (id, kind, name, allocated_at) VALUES (?, ?, ?, ?)", .integer(next), .text(kind.rawValue),
          .text(name), .integer(clock.now))
        return candidate
      }
      next += 1
    }
    throw AccountError.idsExhausted
  }

  /// The id of a group that exists only through us; nil when its name or id can't be ours.
  func groupID(_ name: String, beside machine: LocalAccounts.Snapshot) throws -> AccountID? {
    guard !machine.has(name: name), !ReservedNames.contains(name) else { return nil }
    let found = try database.query("SELECT id, kind FROM ids WHERE name = ? AND removed_at IS NULL", .text(name)).first
    if let found {
      guard found.text(1) == Kind.group.rawValue, let number = found.integer(0).flatMap({ UInt32(exactly: $0) }),
        !machine.has(id: number)
      else { return nil }
      return AccountID(number)
    }
    return try database.transaction { try allocate(name: name, kind: .group) }
  }
}

extension Accounts {
  /// Whether a name that has no account could get one.
  package func couldAdd(_ name: LoginName) throws -> Bool {
    let machine = try local.snapshot()
    return try stored(name) == nil && !machine.has(name: name.text) && !ReservedNames.contains(name.text)
  }
}
