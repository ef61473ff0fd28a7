import Cognito
import FoundationEssentials

/// Turns a refresh token into fresh tokens: the rules that InitiateAuth, GetTokensFromRefreshToken and the token endpoint
/// share.
package struct Renewal: Sendable {
  package let record: RefreshTokenRecord
  package let user: UserRecord
  package let pool: PoolRecord
  package let client: ClientRecord
  private let visitor: Visitor

  /// Checks the token: known, of this client, not expired, not replaced for longer than the grace period, of a user who
  /// exists and is enabled, and shown together with its device's key.
  package init(
    token: String, deviceKey: String?, pool: PoolRecord, client: ClientRecord, by visitor: Visitor,
    _ context: PoolContext
  ) throws {
    let invalid = PoolException.notAuthorized("Invalid Refresh Token")
    let found = try context.store.read { transaction -> (RefreshTokenRecord, UserRecord, DeviceRecord?)? in
      guard let record = try transaction.refreshTokens.find(hash: RefreshTokens.hash(token)),
        let user = try transaction.users.find(id: record.userID)
      else { return nil }
      return (record, user, try record.deviceKey.flatMap { try transaction.devices.find($0, of: user.id) })
    }
    guard let (record, user, device) = found else { throw try Self.reasonItIsUnknown(token, context) ?? invalid }
    guard record.clientID == client.id, record.poolID == pool.id else { throw invalid }
    let now = context.clock.now
    guard record.expiresAt > now else { throw PoolException.notAuthorized("Refresh Token has expired") }
    if record.rotatedAt != nil, record.graceUntil.map({ $0 <= now }) ?? true {
      throw PoolException("RefreshTokenReuseException", "Refresh Token has been rotated and can't be used again")
    }
    if pool.settings.tracksDevices, let expected = record.deviceKey {
      guard deviceKey == expected, device?.isConfirmed == true else { throw invalid }
    }
    guard user.isEnabled else { throw PoolException.userDisabled }
    self.record = record
    self.user = user
    self.pool = pool
    self.client = client
    self.visitor = visitor
  }

  /// New id and access tokens.
  package func issue(
    eventID: String, metadata: [String: String], source: String = "TokenGeneration_RefreshTokens",
    _ context: PoolContext
  ) throws -> TokenPair {
    let pair = try TokenIssuer.issue(try grant(eventID, metadata, source, context), context)
    if pool.settings.tracksSessions {
      try context.store.write {
        try UserSessions.touch(originJti: record.originJti, by: visitor, in: pool, at: context.clock.now, $0)
      }
    }
    return pair
  }

  /// New tokens and a new refresh token in place of the one shown, which works on for the client's grace period. The new
  /// one ends when the old one would have.
  package func rotate(
    eventID: String, metadata: [String: String], source: String = "TokenGeneration_RefreshTokens",
    _ context: PoolContext
  ) throws -> (pair: TokenPair, refreshToken: String) {
    let grant = try grant(eventID, metadata, source, context)
    let pair = try TokenIssuer.issue(grant, context)
    let next = RefreshTokens.make(originJti: record.originJti, context)
    let nextRecord = RefreshTokens.record(of: next, grant, expiresAt: record.expiresAt, context)
    let now = context.clock.now
    let grace = Double(client.settings.refreshTokenRotation?.retryGracePeriodSeconds ?? 0)
    try context.store.write { transaction in
      // A sign-out may have come in between: what it removed must stay removed.
      guard let present = try transaction.refreshTokens.find(hash: record.hash) else {
        throw PoolException.notAuthorized("Refresh Token has been revoked")
      }
      let isFirst = try transaction.refreshTokens.rotate(
        hash: record.hash, at: now, graceUntil: now.addingTimeInterval(grace))
      if !isFirst, present.graceUntil.map({ $0 <= now }) ?? true {
        throw PoolException("RefreshTokenReuseException", "Refresh Token has been rotated and can't be used again")
      }
      try transaction.refreshTokens.insert(nextRecord)
      try UserSessions.touch(originJti: record.originJti, by: visitor, in: pool, at: now, transaction)
    }
    return (pair, next)
  }

  private func grant(
    _ eventID: String, _ metadata: [String: String], _ source: String, _ context: PoolContext
  ) throws -> TokenGrant {
    var grant = TokenGrant(
      user: user, pool: pool, client: client, groups: try context.store.read { try $0.groups.groups(of: user.id) },
      originJti: record.originJti, authTime: Int64(record.authTime.timeIntervalSince1970), eventID: eventID)
    grant.scopes = record.scope.split(separator: " ").map(String.init)
    grant.deviceKey = record.deviceKey
    grant.strength = record.strength
    grant.clientMetadata = metadata
    grant.triggerSource = source
    return grant
  }

  /// A token that isn't in the store but is one of ours was revoked, by itself or by a sign-out.
  private static func reasonItIsUnknown(_ token: String, _ context: PoolContext) throws -> PoolException? {
    guard let origin = RefreshTokens.originJti(of: token, context) else { return nil }
    let isRevoked = try context.store.read { try $0.sessions.isRevoked(originJti: origin) }
    return isRevoked ? .notAuthorized("Refresh Token has been revoked") : nil
  }
}
