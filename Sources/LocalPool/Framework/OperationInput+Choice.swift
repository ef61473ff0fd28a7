extension OperationInput {
  /// A required member that is one of the type's values.
  func choice<Value: RawRepresentable<String> & CaseIterable>(_ name: String, of type: Value.Type) throws -> Value {
    let text = try string(name)
    if let value = Value(rawValue: text) { return value }
    let member = name.prefix(1).lowercased() + name.dropFirst()
    throw PoolException.invalidParameter(
      "1 validation error detected: Value '\(text.prefix(64))' at '\(member)' failed to satisfy constraint: "
        + "Member must satisfy enum value set: [\(Value.allCases.map(\.rawValue).joined(separator: ", "))]")
  }
}
