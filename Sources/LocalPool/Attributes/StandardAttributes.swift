import Cognito

/// The attributes that every pool has (OpenID Connect's standard claims).
package enum StandardAttributes {
  struct Standard {
    let name: String
    let type: String
    let limits: (minimum: Int, maximum: Int)?
    var isMutable = true
  }

  static let all: [Standard] = [
    Standard(name: "sub", type: "String", limits: (1, 2048), isMutable: false),
    text("name"), text("given_name"), text("family_name"), text("middle_name"), text("nickname"),
    text("preferred_username"), text("profile"), text("picture"), text("website"), text("email"),
    Standard(name: "email_verified", type: "Boolean", limits: nil),
    text("gender"),
    Standard(name: "birthdate", type: "String", limits: (10, 10)),
    text("zoneinfo"), text("locale"), text("phone_number"),
    Standard(name: "phone_number_verified", type: "Boolean", limits: nil),
    text("address"),
    Standard(name: "updated_at", type: "Number", limits: nil),
    text("identities"),
  ]

  static let names = Set(all.map(\.name))

  private static func text(_ name: String) -> Standard { Standard(name: name, type: "String", limits: (0, 2048)) }
}

extension PoolSettings {
  /// What an attribute of this pool must be like; nil when the pool doesn't have it.
  package func schema(of name: String) -> AttributeSchema? {
    if let own = schema?.first(where: { $0.name == name }) { return own }
    guard let standard = StandardAttributes.all.first(where: { $0.name == name }) else { return nil }
    var schema = AttributeSchema(name: name, attributeDataType: standard.type)
    schema.mutable = standard.isMutable
    if standard.type == "String", let limits = standard.limits {
      schema.stringAttributeConstraints = AttributeSchema.StringLimits(
        minLength: String(limits.minimum), maxLength: String(limits.maximum))
    }
    return schema
  }

  /// Attributes that a user must have; NEW_PASSWORD_REQUIRED asks for those that are missing.
  package var requiredAttributes: [String] {
    (schema ?? []).filter { $0.required ?? false }.map(\.name)
  }
}
