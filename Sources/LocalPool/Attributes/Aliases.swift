/// The other names by which a user signs in, and that no two users of a pool may share.
package enum Aliases {
  /// The aliases that a user has by right of their attributes.
  ///
  /// In a pool of `UsernameAttributes` an address names its user from the start; as `AliasAttributes`, e-mail address and
  /// phone number do so when they are verified.
  package static func due(to user: UserRecord, in pool: PoolRecord) -> [AttributeRecord] {
    pool.aliasKinds.compactMap { kind in
      guard let value = user[kind], !value.isEmpty else { return nil }
      let isVerified = user["\(kind)_verified"]?.lowercased() == "true"
      let counts = pool.settings.usernameAttributes != nil || kind == "preferred_username" || isVerified
      return counts ? AttributeRecord(name: kind, value: value) : nil
    }
  }

  /// Gives a user the aliases they are due.
  ///
  /// - Parameter force: take an alias from the user who has it (`ForceAliasCreation`); that one's address becomes
  ///   unverified.
  /// - Throws: AliasExistsException when another user has it.
  package static func assign(
    to user: UserRecord, in pool: PoolRecord, force: Bool = false, _ transaction: Transaction<ReadWrite>
  ) throws {
    guard !pool.aliasKinds.isEmpty else { return }
    let due = due(to: user, in: pool)
    for alias in due {
      let owner = try transaction.users.owner(ofAlias: alias.value, kind: alias.name, in: pool)
      guard let owner, owner != user.id else { continue }
      guard force, alias.name != "preferred_username" else { throw taken(alias.name) }
      if var loser = try transaction.users.find(id: owner) {
        loser["\(alias.name)_verified"] = "false"
        try transaction.users.update(loser)
      }
    }
    try transaction.users.setAliases(due, of: user, in: pool)
  }

  static func taken(_ kind: String) -> PoolException {
    PoolException("AliasExistsException", "An account with the given \(kind) already exists.")
  }
}
