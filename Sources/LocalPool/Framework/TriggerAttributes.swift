import Cognito

/// A user's attributes as triggers get them: `sub` and the user's status among them, and in a pool with aliases the addresses
/// that the user signs in by.
package enum TriggerAttributes {
  package static func of(_ user: UserRecord, in pool: PoolRecord) -> JSONValue {
    var attributes: [String: JSONValue] = [
      "sub": .string(user.sub), "cognito:user_status": .string(user.status.rawValue),
    ]
    for attribute in user.attributes { attributes[attribute.name] = .string(attribute.value) }
    if pool.settings.aliasAttributes != nil {
      for alias in Aliases.due(to: user, in: pool) where alias.name != "preferred_username" {
        attributes["cognito:\(alias.name)_alias"] = .string(alias.value)
      }
    }
    return .object(attributes)
  }
}

extension TriggerEvent {
  /// Adds what a client gave for triggers, if it gave something: AWS leaves an empty map out.
  mutating func add(_ metadata: [String: String], as name: String = "clientMetadata") {
    if !metadata.isEmpty { request[name] = .object(metadata.mapValues { .string($0) }) }
  }
}
