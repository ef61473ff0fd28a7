extension OperationRequest {
  /// Changes the user whose access token was shown: reads them anew, lets `change` work on them, and saves them, in one
  /// transaction.
  @discardableResult
  func changeCaller(
    _ change: (inout UserRecord, PoolRecord, Transaction<ReadWrite>) throws -> Void
  ) throws -> UserRecord {
    let caller = try requireCaller()
    return try context.store.write { transaction in
      guard var user = try transaction.users.find(id: caller.user.id) else { throw PoolException.userNotFound }
      try change(&user, caller.pool, transaction)
      user.modifiedAt = context.clock.now
      try transaction.users.update(user)
      return user
    }
  }
}
