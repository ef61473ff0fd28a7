import Cognito

extension OperationRequest {
  /// The pool named by `UserPoolId`.
  func pool() throws -> PoolRecord { try context.pool(try input.string("UserPoolId")) }

  /// The app client named by `ClientId`, and its pool; an administrator names that, too, and it must be the client's.
  func client(isAdmin: Bool) throws -> (client: ClientRecord, pool: PoolRecord) {
    let id = try input.string("ClientId")
    return isAdmin
      ? try context.client(id, in: try input.string("UserPoolId")) : try context.client(id)
  }

  /// The user of that pool named by `Username`: a username, an alias, or a sub.
  /// - Throws: UserNotFoundException.
  func user(in pool: PoolRecord) throws -> UserRecord {
    let name = try input.string("Username")
    return try context.store.read { try $0.users.require(name, in: pool) }
  }

  /// Changes a user: reads them, lets `change` work on them, and saves them, in one transaction.
  @discardableResult
  func changeUser(
    in pool: PoolRecord, _ change: (inout UserRecord, Transaction<ReadWrite>) throws -> Void
  ) throws -> UserRecord {
    let name = try input.string("Username")
    return try context.store.write { transaction in
      var user = try transaction.users.require(name, in: pool)
      try change(&user, transaction)
      user.modifiedAt = context.clock.now
      try transaction.users.update(user)
      return user
    }
  }
}

extension UserTable {
  /// The user whom an administrator means by this name: a username, an alias, or a sub.
  func require(_ name: String, in pool: PoolRecord) throws -> UserRecord {
    guard let user = try find(login: name, in: pool) ?? find(sub: name, in: pool.id) else {
      throw PoolException.userNotFound
    }
    return user
  }
}
