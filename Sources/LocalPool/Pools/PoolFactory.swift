import Cognito

/// Makes pools; the server's first start does so as well.
package enum PoolFactory {
  /// What stands for the region in ids of pools made here.
  package static let region = "local"
  private static let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

  /// Makes and stores a pool of these settings (`CreateUserPool`'s input).
  ///
  /// - Parameter id: chosen at random when nil.
  package static func make(_ input: OperationInput, id: String? = nil, context: PoolContext) throws -> PoolRecord {
    let now = context.clock.now
    let pool = PoolRecord(
      id: id ?? "\(region)_\(context.random.text(9, from: alphabet))", document: try PoolDocument.created(from: input),
      createdAt: now, modifiedAt: now)
    try context.store.write { try $0.pools.insert(pool) }
    return pool
  }
}
