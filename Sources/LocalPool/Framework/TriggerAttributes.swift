import Cognito

/// A user's attributes as triggers get them: `sub` and the user's status among them.
package enum TriggerAttributes {
  package static func of(_ user: UserRecord) -> JSONValue {
    var attributes: [String: JSONValue] = [
      "sub": .string(user.sub), "cognito:user_status": .string(user.status.rawValue),
    ]
    for attribute in user.attributes { attributes[attribute.name] = .string(attribute.value) }
    return .object(attributes)
  }
}
