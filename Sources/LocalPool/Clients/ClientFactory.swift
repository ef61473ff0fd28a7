import Cognito

/// Makes app clients; the server's first start does so as well.
package enum ClientFactory {
  private static let letters = "abcdefghijklmnopqrstuvwxyz0123456789"

  /// Makes and stores a client of these settings (`CreateUserPoolClient`'s input).
  ///
  /// - Parameter id: chosen at random when nil.
  package static func make(
    _ input: OperationInput, id: String? = nil, in pool: PoolRecord, context: PoolContext
  ) throws -> ClientRecord {
    let now = context.clock.now
    var secrets: [ClientSecret] = []
    let given = try input.optionalString("ClientSecret")
    if let value = try given ?? (input.bool("GenerateSecret") ? makeSecret(context.random) : nil) {
      secrets = [secret(value, context)]
    }
    let client = ClientRecord(
      id: id ?? context.random.text(26, from: letters), poolID: pool.id,
      document: try ClientDocument.make(from: input, name: try input.string("ClientName"), pool: pool),
      secrets: secrets, createdAt: now, modifiedAt: now)
    try context.store.write { transaction in
      try ClientReferences.check(client.settings, in: pool, transaction)
      try transaction.clients.insert(client)
    }
    return client
  }

  static func makeSecret(_ random: Randomness) -> String { random.text(51, from: letters) }

  static func secret(_ value: String, _ context: PoolContext) -> ClientSecret {
    ClientSecret(id: context.random.uuid(), value: value, createdAt: context.clock.now)
  }
}
