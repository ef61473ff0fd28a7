/// The attributes that a code can verify.
enum VerifiableAttribute {
  static func name(_ input: OperationInput) throws(PoolException) -> String {
    let name = try input.string("AttributeName")
    guard name == "email" || name == "phone_number" else {
      throw .invalidParameter("Attribute \(name) cannot be verified: only email and phone_number can.")
    }
    return name
  }
}
