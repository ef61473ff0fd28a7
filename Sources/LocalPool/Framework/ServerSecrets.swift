/// The server's own secrets, made at the first start and kept in the store.
struct ServerSecrets {
  /// Seals sessions: they outlive a restart, as do the ids of those that were used.
  let sealingKey: [UInt8]
  /// What the salts of users who don't exist are derived from.
  let simulationSeed: [UInt8]

  init(store: PoolStore, random: Randomness) throws {
    (sealingKey, simulationSeed) = try store.write { transaction in
      (
        try transaction.secrets.findOrInsert("challenge-sessions") { random.bytes(32) },
        try transaction.secrets.findOrInsert("simulated-users") { random.bytes(32) }
      )
    }
  }
}
