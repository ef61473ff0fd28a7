import Cognito
import FoundationEssentials

/// The external identities that are linked to users: one row for each, which says whose it is, and the user's `identities`
/// attribute, which clients see.
enum LinkedIdentities {
  private static let attribute = "identities"
  /// AWS: five for each user.
  private static let most = 5

  /// The user to whom the identity is linked. A row of a user who is gone counts for nothing.
  static func owner<Access>(
    of identity: ProviderUser, in pool: PoolRecord, _ transaction: Transaction<Access>
  ) throws -> UserRecord? {
    guard let row = try transaction.resources.find(.linkedIdentity, identity.key, in: pool.id),
      let sub = row.members["sub"]?.string
    else { return nil }
    return try transaction.users.find(sub: sub, in: pool.id)
  }

  /// - Throws: InvalidParameterException when it is linked already, LimitExceededException.
  static func link(
    _ identity: ProviderUser, type: String, to user: UserRecord, in pool: PoolRecord, at now: Date,
    _ transaction: Transaction<ReadWrite>
  ) throws {
    guard try owner(of: identity, in: pool, transaction) == nil else {
      throw PoolException.invalidParameter("SourceUser is already linked to DestinationUser")
    }
    var list = identities(of: user)
    guard list.count < most else {
      throw PoolException("LimitExceededException", "A user has at most \(most) linked identities.")
    }
    list.append([
      "userId": .string(identity.value), "providerName": .string(identity.provider), "providerType": .string(type),
      "issuer": .null, "primary": false, "dateCreated": .int(Int64(now.timeIntervalSince1970 * 1000)),
    ])
    try transaction.resources.save(
      ResourceRecord(
        poolID: pool.id, kind: .linkedIdentity, name: identity.key,
        json: JSONValue.object(["sub": .string(user.sub)]).serialized(), createdAt: now, modifiedAt: now))
    try save(list, of: user, at: now, transaction)
  }

  /// - Throws: UserNotFoundException when nobody has it.
  static func unlink(
    _ identity: ProviderUser, in pool: PoolRecord, at now: Date, _ transaction: Transaction<ReadWrite>
  ) throws {
    guard let user = try owner(of: identity, in: pool, transaction) else { throw PoolException.userNotFound }
    try transaction.resources.delete(.linkedIdentity, identity.key, in: pool.id)
    let rest = identities(of: user).filter {
      $0["providerName"]?.string != identity.provider || $0["userId"]?.string != identity.value
    }
    try save(rest, of: user, at: now, transaction)
  }

  /// The id token's claim: as the attribute, but with strings for its numbers and booleans, as the service writes it.
  static func claim(_ attribute: String) -> JSONValue {
    guard let list = try? JSONValue.parse(Array(attribute.utf8)).array else { return .string(attribute) }
    return .array(
      list.map { identity in
        .object(
          (identity.object ?? [:]).mapValues { value in
            switch value {
            case .bool(let flag): .string(String(flag))
            case .int(let number): .string(String(number))
            default: value
            }
          })
      })
  }

  private static func identities(of user: UserRecord) -> [JSONValue] {
    user[attribute].flatMap { try? JSONValue.parse(Array($0.utf8)) }?.array ?? []
  }

  private static func save(
    _ list: [JSONValue], of user: UserRecord, at now: Date, _ transaction: Transaction<ReadWrite>
  ) throws {
    var changed = user
    changed[attribute] = list.isEmpty ? nil : String(decoding: JSONValue.array(list).serialized(), as: UTF8.self)
    changed.modifiedAt = now
    try transaction.users.update(changed)
  }
}
