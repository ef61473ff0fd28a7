import Cognito

/// Whether attributes may be written, and with which values.
package enum AttributeRules {
  /// Who writes: users may not touch what only an administrator or the pool itself sets.
  package enum Writer: Sendable {
    case administrator
    case user(ClientRecord)
  }

  /// Reads a `UserAttributes` list. The last of several values of one name counts.
  package static func read(_ input: OperationInput, _ member: String) throws(PoolException) -> [AttributeRecord] {
    var attributes: [AttributeRecord] = []
    for object in try input.objects(member) {
      let name = try object.string("Name")
      attributes.removeAll { $0.name == name }
      attributes.append(AttributeRecord(name: name, value: try object.optionalString("Value") ?? ""))
    }
    return attributes
  }

  /// Checks attributes that are about to be written.
  ///
  /// - Parameter isNew: for a new user, what can't be changed later may be set as well.
  /// - Throws: InvalidParameterException or NotAuthorizedException.
  package static func check(
    _ attributes: [AttributeRecord], in pool: PoolRecord, by writer: Writer, isNew: Bool
  ) throws(PoolException) {
    for attribute in attributes {
      let name = attribute.name
      guard let schema = pool.settings.schema(of: name) else {
        throw .invalidParameter(
          "Attributes did not conform to the schema: \(name): Attribute does not exist in the schema.\n")
      }
      guard name != "sub" else { throw .invalidParameter("Cannot modify the non-mutable attribute sub") }
      if !isNew, !(schema.mutable ?? true) { throw .invalidParameter("user.\(name): Attribute cannot be updated.\n") }
      if case .user(let client) = writer { try checkPermission(name, schema, client) }
      try AttributeFormat.check(attribute, schema)
    }
  }

  /// - Throws: NotAuthorizedException when a client may not write one of these attributes.
  package static func checkWritable(
    _ names: [String], in pool: PoolRecord, by client: ClientRecord
  ) throws(PoolException) {
    for name in names {
      if let schema = pool.settings.schema(of: name) { try checkPermission(name, schema, client) }
    }
  }

  /// - Throws: InvalidParameterException when a required attribute is missing.
  package static func checkRequired(_ attributes: [AttributeRecord], in pool: PoolRecord) throws(PoolException) {
    let given = Set(attributes.filter { !$0.value.isEmpty }.map(\.name))
    for name in pool.settings.requiredAttributes where !given.contains(name) && name != "sub" {
      throw .invalidParameter("Attributes did not conform to the schema: \(name): The attribute is required\n")
    }
  }

  /// What a client may read of a user; the pool's own rule when the client has none.
  package static func readable(_ name: String, by client: ClientRecord, in pool: PoolRecord) -> Bool {
    if name == "sub" { return true }
    if let allowed = client.settings.readAttributes { return allowed.contains(name) }
    return !name.hasPrefix("dev:")
  }

  private static func checkPermission(
    _ name: String, _ schema: AttributeSchema, _ client: ClientRecord
  ) throws(PoolException) {
    let isVerification = name == "email_verified" || name == "phone_number_verified"
    let isAllowed = client.settings.writeAttributes.map { $0.contains(name) } ?? true
    guard isAllowed, !isVerification, name != "identities", !(schema.developerOnlyAttribute ?? false) else {
      throw .notAuthorized("A client attempted to write unauthorized attribute")
    }
  }
}
