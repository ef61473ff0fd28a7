import Cognito

/// What an attribute of a new schema must be like.
enum SchemaRules {
  private static let longest = 2048

  /// - Parameter given: as the client wrote it.
  /// - Throws: InvalidParameterException.
  static func check(_ given: OperationInput) throws(PoolException) {
    let name = try given.string("Name")
    let type = try given.optionalString("AttributeDataType")
    if let standard = StandardAttributes.all.first(where: { $0.name == name }) {
      let isForDevelopers = try given.bool("DeveloperOnlyAttribute")
      guard type == nil || type == standard.type, !isForDevelopers else {
        throw .invalidParameter(
          "You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute \(name)")
      }
    } else if type == nil {
      throw .invalidParameter("Invalid AttributeDataType input, consider using the provided AttributeDataType enum.")
    }
    guard let schema = try? AWSDocument<AttributeSchema>(given: JSONValue.object(given.members).serialized()).settings
    else { throw .invalidParameter("The attribute \(name) can't be read.") }
    if let limits = schema.stringAttributeConstraints { try check(limits, name) }
    if let limits = schema.numberAttributeConstraints { try check(limits, name) }
  }

  private static func check(_ limits: AttributeSchema.StringLimits, _ name: String) throws(PoolException) {
    let minimum = try limits.minLength.map { (text) throws(PoolException) in try number(text, "minLength", name) }
    let maximum = try limits.maxLength.map { (text) throws(PoolException) in try number(text, "maxLength", name) }
    for bound in [minimum, maximum].compactMap(\.self) {
      guard bound >= 0 else { throw .invalidParameter("Invalid minLength or maxLength for attribute: \(name)") }
      guard bound <= longest else {
        throw .invalidParameter("String attributes cannot have a length of more than \(longest)")
      }
    }
    if let minimum, let maximum, minimum > maximum {
      throw .invalidParameter("MaxLength cannot be less than MinLength for attribute: \(name)")
    }
  }

  private static func check(_ limits: AttributeSchema.NumberLimits, _ name: String) throws(PoolException) {
    let minimum = try limits.minValue.map { (text) throws(PoolException) in try number(text, "minValue", name) }
    let maximum = try limits.maxValue.map { (text) throws(PoolException) in try number(text, "maxValue", name) }
    if let minimum, let maximum, minimum > maximum {
      throw .invalidParameter("MaxValue cannot be less than MinValue for attribute: \(name)")
    }
  }

  private static func number(_ text: String, _ bound: String, _ name: String) throws(PoolException) -> Int64 {
    guard let number = Int64(text) else {
      throw .invalidParameter("Invalid \(bound) for attribute: \(name): it must be a whole number.")
    }
    return number
  }
}
