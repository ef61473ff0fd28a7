import Cognito
import Synchronization

/// The pools' signing keys: one RSA key signs id tokens, another access tokens. Made when they are first asked for, kept in
/// the store, and held in memory from then on.
package final class KeyRing: Sendable {
  /// A pool's keys.
  struct Keys: Sendable {
    let id: TokenSigner
    let access: TokenSigner
    /// Those and the retired ones whose tokens may still be about, newest first.
    let published: [TokenSigner]

    func signer(kid: String) -> TokenSigner? { published.first { $0.kid == kid } }
  }

  private let store: PoolStore
  private let clock: PoolClock
  private let random: Randomness
  private let cache = Mutex<[String: Keys]>([:])

  init(store: PoolStore, clock: PoolClock, random: Randomness) {
    self.store = store
    self.clock = clock
    self.random = random
  }

  /// The pool's keys. The pool must exist.
  func keys(poolID: String) throws -> Keys {
    if let keys = cache.withLock({ $0[poolID] }) { return keys }
    let records = try store.read { try $0.signingKeys.list(pool: poolID) }
    let present = Set(records.filter { $0.retiredAt == nil }.map(\.use))
    // Making a key takes a tenth of a second, so it happens outside the transaction.
    let made = try ["id", "access"].filter { !present.contains($0) }.map { try make(use: $0, poolID: poolID) }
    let all = try store.write { transaction in
      let uses = Set(try transaction.signingKeys.list(pool: poolID).filter { $0.retiredAt == nil }.map(\.use))
      for key in made where !uses.contains(key.use) { try transaction.signingKeys.insert(key) }
      return try transaction.signingKeys.list(pool: poolID)
    }
    let keys = try Self.keys(all)
    cache.withLock { $0[poolID] = keys }
    return keys
  }

  /// The key set that clients verify tokens with.
  func keySet(poolID: String) throws -> JSONValue {
    let keys = try keys(poolID: poolID).published.compactMap { signer -> JSONValue? in
      guard let (modulus, exponent) = signer.key.publicParts() else { return nil }
      return .object([
        "alg": "RS256", "e": .string(Base64.encodeURL(exponent)), "kid": .string(signer.kid), "kty": "RSA",
        "n": .string(Base64.encodeURL(modulus)), "use": "sig",
      ])
    }
    return .object(["keys": .array(keys)])
  }

  /// Lets fresh keys sign from now on. The old ones stay in the key set until ``forgetRetired(poolID:)``.
  package func rotate(poolID: String) throws {
    let fresh = try ["id", "access"].map { try make(use: $0, poolID: poolID) }
    try store.write { transaction in
      for old in try transaction.signingKeys.list(pool: poolID) where old.retiredAt == nil {
        try transaction.signingKeys.retire(kid: old.kid, at: clock.now)
      }
      for key in fresh { try transaction.signingKeys.insert(key) }
    }
    forget(poolID: poolID)
  }

  /// Takes retired keys out of the key set: whatever they signed is refused from now on.
  package func forgetRetired(poolID: String) throws {
    try store.write { transaction in
      for key in try transaction.signingKeys.list(pool: poolID) where key.retiredAt != nil {
        try transaction.signingKeys.delete(kid: key.kid)
      }
    }
    forget(poolID: poolID)
  }

  /// Reads the pool's keys from the store again when they are next needed; for a pool that was deleted as well.
  package func forget(poolID: String) {
    _ = cache.withLock { $0.removeValue(forKey: poolID) }
  }

  private func make(use: String, poolID: String) throws -> SigningKeyRecord {
    guard let key = RSAPrivateKey.generate(), let pem = key.pem() else { throw PoolException.internalError }
    // Cognito's key ids are 32 bytes in base 64, with padding.
    return SigningKeyRecord(
      use: use, kid: Base64.encode(random.bytes(32)), poolID: poolID, privateKey: pem, createdAt: clock.now)
  }

  private static func keys(_ records: [SigningKeyRecord]) throws -> Keys {
    var signers: [TokenSigner] = []
    var inUse: [String: TokenSigner] = [:]
    for record in records {
      guard let key = RSAPrivateKey.read(pem: record.privateKey) else {
        throw SQLiteError(code: .damaged, message: "the signing key \(record.kid) can't be read")
      }
      let signer = TokenSigner(kid: record.kid, key: key)
      signers.append(signer)
      if record.retiredAt == nil, inUse[record.use] == nil { inUse[record.use] = signer }
    }
    guard let id = inUse["id"], let access = inUse["access"] else { throw PoolException.internalError }
    return Keys(id: id, access: access, published: signers)
  }
}
