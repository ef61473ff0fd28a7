/// Writes attributes into a user.
enum AttributeUpdate {
  /// An empty value removes the attribute, as on AWS. A new address isn't verified, unless the same call says that it is.
  static func apply(_ attributes: [AttributeRecord], to user: inout UserRecord, given names: Set<String>) {
    for attribute in attributes {
      let verification = "\(attribute.name)_verified"
      let isAddress = attribute.name == "email" || attribute.name == "phone_number"
      if isAddress, user[attribute.name] != attribute.value, !names.contains(verification) {
        user[verification] = attribute.value.isEmpty ? nil : "false"
      }
      user[attribute.name] = attribute.value.isEmpty ? nil : attribute.value
    }
  }

  /// Removes attributes; an address goes with its verification.
  /// - Throws: InvalidParameterException for one that is required, fixed or unknown.
  static func remove(_ names: [String], from user: inout UserRecord, in pool: PoolRecord) throws(PoolException) {
    for name in names {
      guard let schema = pool.settings.schema(of: name) else {
        throw .invalidParameter("user.\(name): Attribute does not exist in the schema.\n")
      }
      guard schema.mutable ?? true, name != "sub" else {
        throw .invalidParameter("user.\(name): Attribute cannot be updated.\n")
      }
      guard !(schema.required ?? false) else {
        throw .invalidParameter("user.\(name): Attribute is required and cannot be deleted.\n")
      }
      user[name] = nil
      if name == "email" || name == "phone_number" { user["\(name)_verified"] = nil }
    }
  }
}
