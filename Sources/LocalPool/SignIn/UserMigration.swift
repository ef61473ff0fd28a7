import Cognito

/// The UserMigration trigger: somebody signs in with a password who isn't in the pool yet, and the pool's owner knows them from
/// elsewhere.
enum UserMigration {
  /// The new user; nil when the trigger isn't set or doesn't know them.
  ///
  /// - Parameter password: nil for somebody who has forgotten theirs.
  static func migrate(
    _ name: String, password: String?, _ pool: PoolRecord, _ client: ClientRecord, _ metadata: [String: String],
    _ request: OperationRequest
  ) throws -> UserRecord? {
    let context = request.context
    guard context.triggers.has(.userMigration, pool) else { return nil }
    var event = TriggerEvent(
      trigger: .userMigration, source: "UserMigration_\(password == nil ? "ForgotPassword" : "Authentication")",
      pool: pool, clientID: client.id, username: name)
    event.request = [
      "password": password.map { .string($0) } ?? .null, "validationData": .null,
    ]
    event.add(metadata, as: password == nil ? "clientMetadata" : "validationData")
    event.response = ["userAttributes": .null, "finalUserStatus": .null, "messageAction": .null]
    guard let response = try context.triggers.run(event), let given = response["userAttributes"]?.object else {
      return nil
    }
    let attributes = given.compactMap { name, value in value.string.map { AttributeRecord(name: name, value: $0) } }
      .filter { $0.name != "sub" && $0.name != "username" }.sorted { $0.name < $1.name }
    let sub = context.random.uuid()
    // In pools whose users sign in by an attribute, the username is the sub.
    let username = pool.settings.usernameAttributes == nil ? given["username"]?.string ?? name : sub
    var user = UserRecord(
      poolID: pool.id, sub: sub, username: username,
      status: response["finalUserStatus"]?.string == "CONFIRMED" ? .confirmed : .resetRequired,
      attributes: attributes, createdAt: context.clock.now)
    if let password {
      user.setPassword(
        PasswordVerifier.make(
          password: Secret(utf8: password), poolName: pool.srpName, userID: username, random: context.random),
        in: pool, at: context.clock.now)
    } else {
      user.status = .resetRequired
    }
    let migrated = user
    return try context.store.write { transaction in
      let inserted = try transaction.users.insert(migrated, in: pool)
      try Aliases.assign(to: inserted, in: pool, transaction)
      return inserted
    }
  }
}
