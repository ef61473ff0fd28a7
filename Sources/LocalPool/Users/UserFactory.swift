import Cognito

/// Makes users: names, aliases and subs by the pool's rules.
package enum UserFactory {
  /// A user of this login name, not stored yet.
  ///
  /// In a pool of `UsernameAttributes` the name is an e-mail address or a phone number: it becomes that attribute, and the
  /// username is the sub.
  package static func user(
    login: String, attributes: [AttributeRecord], status: AccountStatus, pool: PoolRecord, context: PoolContext
  ) throws(PoolException) -> UserRecord {
    let sub = context.random.uuid()
    let now = context.clock.now
    guard let kinds = pool.settings.usernameAttributes, !kinds.isEmpty else {
      let aliases = pool.settings.aliasAttributes ?? []
      if aliases.contains("email"), AttributeFormat.isEmail(login) {
        throw .invalidParameter("Username cannot be of email format, since user pool is configured for email alias.")
      }
      if aliases.contains("phone_number"), AttributeFormat.isPhoneNumber(login) {
        throw .invalidParameter(
          "Username cannot be of phone number format, since user pool is configured for phone number alias.")
      }
      return UserRecord(
        poolID: pool.id, sub: sub, username: login, status: status, attributes: attributes, createdAt: now)
    }
    var user = UserRecord(
      poolID: pool.id, sub: sub, username: sub, status: status, attributes: attributes, createdAt: now)
    let kind = kinds.first { $0 == "email" ? AttributeFormat.isEmail(login) : AttributeFormat.isPhoneNumber(login) }
    guard let kind else {
      let asked =
        kinds == ["email"]
        ? "an email" : kinds == ["phone_number"] ? "a phone number" : "either an email or a phone number"
      throw .invalidParameter("Username should be \(asked).")
    }
    if let given = user[kind], given != login {
      throw .invalidParameter("User \(kind) provided doesn't match the username.")
    }
    user[kind] = login
    return user
  }

  /// Stores a new user with the aliases due to them.
  /// - Throws: UsernameExistsException, AliasExistsException.
  package static func insert(
    _ user: UserRecord, in pool: PoolRecord, forceAlias: Bool = false, _ transaction: Transaction<ReadWrite>
  ) throws -> UserRecord {
    for kind in pool.settings.usernameAttributes ?? [] {
      guard let address = user[kind] else { continue }
      guard try transaction.users.owner(ofAlias: address, kind: kind, in: pool) == nil else {
        throw PoolException("UsernameExistsException", "An account with the given \(kind) already exists.")
      }
    }
    guard try transaction.users.find(username: user.username, in: pool) == nil else { throw exists }
    let inserted = try transaction.users.insert(user, in: pool)
    try Aliases.assign(to: inserted, in: pool, force: forceAlias, transaction)
    return inserted
  }

  static let exists = PoolException("UsernameExistsException", "User already exists")
  static let accountExists = PoolException("UsernameExistsException", "User account already exists")
}
