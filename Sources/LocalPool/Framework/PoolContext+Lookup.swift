/// Looking up what nearly every operation starts from.
extension PoolContext {
  /// The pool, or ResourceNotFoundException.
  package func pool(_ id: String) throws -> PoolRecord {
    guard let pool = try store.read({ try $0.pools.find(id) }) else { throw ServiceError.poolNotFound(id) }
    return pool
  }

  /// The client and its pool, or ResourceNotFoundException.
  package func client(_ id: String) throws -> (client: ClientRecord, pool: PoolRecord) {
    let found = try store.read { transaction -> (client: ClientRecord, pool: PoolRecord)? in
      guard let client = try transaction.clients.find(id), let pool = try transaction.pools.find(client.poolId) else {
        return nil
      }
      return (client, pool)
    }
    guard let found else { throw ServiceError.clientNotFound(id) }
    return found
  }

  /// The client of this pool, or ResourceNotFoundException.
  package func client(_ id: String, in poolId: String) throws -> (client: ClientRecord, pool: PoolRecord) {
    let pool = try pool(poolId)
    guard let client = try store.read({ try $0.clients.find(id, in: poolId) }) else {
      throw ServiceError.clientNotFound(id)
    }
    return (client, pool)
  }
}
