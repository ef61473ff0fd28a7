/// Looking up what nearly every operation starts from.
extension PoolContext {
  /// The pool, or ResourceNotFoundException.
  package func pool(_ id: String) throws -> PoolRecord {
    guard let pool = try store.read({ try $0.pools.find(id) }) else { throw PoolException.poolNotFound(id) }
    return pool
  }

  /// The client and its pool, or ResourceNotFoundException.
  package func client(_ id: String) throws -> (client: ClientRecord, pool: PoolRecord) {
    let found = try store.read { transaction -> (client: ClientRecord, pool: PoolRecord)? in
      guard let client = try transaction.clients.find(id), let pool = try transaction.pools.find(client.poolID) else {
        return nil
      }
      return (client, pool)
    }
    guard let found else { throw PoolException.clientNotFound(id) }
    return found
  }

  /// The client of this pool, or ResourceNotFoundException.
  package func client(_ id: String, in poolID: String) throws -> (client: ClientRecord, pool: PoolRecord) {
    let pool = try pool(poolID)
    guard let client = try store.read({ try $0.clients.find(id, in: poolID) }) else {
      throw PoolException.clientNotFound(id)
    }
    return (client, pool)
  }
}
