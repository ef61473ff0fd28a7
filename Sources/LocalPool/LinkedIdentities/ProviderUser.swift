import Cognito

/// `ProviderUserIdentifierType`: a person as an identity provider knows them.
struct ProviderUser: Equatable {
  let provider: String
  let attribute: String
  let value: String

  /// The provider that stands for the pool itself.
  static let ownProvider = "Cognito"

  init(_ input: OperationInput, _ member: String) throws(PoolException) {
    let given = try input.object(member)
    guard let provider = try given.optionalString("ProviderName"), !provider.isEmpty,
      let value = try given.optionalString("ProviderAttributeValue"), !value.isEmpty
    else { throw .invalidParameter("\(member) must have a ProviderName and a ProviderAttributeValue.") }
    self.provider = provider
    self.value = value
    attribute = try given.optionalString("ProviderAttributeName") ?? ""
  }

  /// The key that its link is stored under: all three parts must be given again to undo it.
  var key: String {
    String(
      decoding: JSONValue.array([.string(provider), .string(attribute), .string(value)]).serialized(), as: UTF8.self)
  }
}
