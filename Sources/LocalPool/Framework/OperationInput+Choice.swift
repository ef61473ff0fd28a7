extension OperationInput {
  /// A required member that is one of the type's values.
  func choice<Value: RawRepresentable<String> & CaseIterable>(_ name: String, of type: Value.Type) throws -> Value {
    let text = try string(name)
    if let value = Value(rawValue: text) { return value }
    throw PoolException.invalidParameter("\(name) can't be \(text.prefix(64)) here.")
  }
}
