import Cognito

/// A user's attributes as claims of an id token.
package enum AttributeClaims {
  /// The attributes that the client may read. `email_verified` and `phone_number_verified` are booleans, `address` is
  /// an object (OpenID Connect Core section 5.1.1), `updated_at` is a number, `identities` a list, the rest are strings.
  package static func claims(of user: UserRecord, client: ClientRecord, in pool: PoolRecord) -> [String: JSONValue] {
    var claims: [String: JSONValue] = [:]
    for attribute in user.attributes where AttributeRules.readable(attribute.name, by: client, in: pool) {
      claims[attribute.name] = value(attribute)
    }
    return claims
  }

  private static func value(_ attribute: AttributeRecord) -> JSONValue {
    switch attribute.name {
    case "email_verified", "phone_number_verified": .bool(attribute.value.lowercased() == "true")
    case "address": .object(["formatted": .string(attribute.value)])
    case "identities": LinkedIdentities.claim(attribute.value)
    case "updated_at": Int64(attribute.value).map(JSONValue.int) ?? .string(attribute.value)
    default: .string(attribute.value)
    }
  }
}
