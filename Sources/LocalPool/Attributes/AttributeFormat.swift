/// Whether a value is of the form that its attribute asks for.
enum AttributeFormat {
  static func check(_ attribute: AttributeRecord, _ schema: AttributeSchema) throws(PoolException) {
    let value = attribute.value
    guard value.utf8.count <= 2048 else {
      throw .invalidParameter("Attributes did not conform to the schema: \(attribute.name): Value is too long.\n")
    }
    switch attribute.name {
    case "email":
      guard value.isEmpty || isEmail(value) else { throw .invalidParameter("Invalid email address format.") }
    case "phone_number":
      guard value.isEmpty || isPhoneNumber(value) else { throw .invalidParameter("Invalid phone number format.") }
    case "birthdate":
      guard value.isEmpty || isDate(value) else {
        throw .invalidParameter("Attributes did not conform to the schema: birthdate: Invalid date format.\n")
      }
    default: break
    }
    try checkType(attribute, schema)
  }

  /// RFC 5321's outline: one `@` between a local part and a domain, no blanks or control characters.
  static func isEmail(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, (1...64).contains(parts[0].utf8.count), (1...255).contains(parts[1].utf8.count) else {
      return false
    }
    let isClean = text.unicodeScalars.allSatisfy {
      $0.value > 0x20 && $0.value != 0x7F && !"<>(),;:\\\"[]".unicodeScalars.contains($0)
    }
    let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
    return isClean && labels.count >= 2 && labels.allSatisfy { !$0.isEmpty }
  }

  /// E.164: a plus and up to fifteen digits.
  static func isPhoneNumber(_ text: String) -> Bool {
    guard text.first == "+", (3...16).contains(text.utf8.count) else { return false }
    return text.utf8.dropFirst().allSatisfy { (0x30...0x39).contains($0) }
  }

  /// YYYY-MM-DD.
  private static func isDate(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D else { return false }
    let digits = [0, 1, 2, 3, 5, 6, 8, 9]
    return digits.allSatisfy { (0x30...0x39).contains(bytes[$0]) }
  }

  private static func checkType(_ attribute: AttributeRecord, _ schema: AttributeSchema) throws(PoolException) {
    let (name, value) = (attribute.name, attribute.value)
    func refuse(_ what: String) -> PoolException {
      .invalidParameter("Attributes did not conform to the schema: \(name): \(what)\n")
    }
    switch schema.attributeDataType ?? "String" {
    case "Boolean":
      guard ["true", "false", ""].contains(value.lowercased()) else {
        throw refuse("Attribute value is not a boolean.")
      }
    case "Number":
      guard !value.isEmpty else { return }
      guard let number = Double(value), number.isFinite else { throw refuse("Attribute value is not a number.") }
      let limits = schema.numberAttributeConstraints
      if let least = limits?.minValue.flatMap({ Double($0) }), number < least { throw refuse("Number is too small.") }
      if let most = limits?.maxValue.flatMap({ Double($0) }), number > most { throw refuse("Number is too big.") }
    case "DateTime":
      guard value.isEmpty || Double(value) != nil || isDate(String(value.prefix(10))) else {
        throw refuse("Attribute value is not a date.")
      }
    default:
      let limits = schema.stringAttributeConstraints
      let count = value.utf16.count
      if let most = limits?.maxLength.flatMap({ Int($0) }), count > most {
        throw refuse("String must be no longer than \(most) characters")
      }
      if let least = limits?.minLength.flatMap({ Int($0) }), count < least, count > 0 {
        throw refuse("String must be at least \(least) characters")
      }
    }
  }
}
