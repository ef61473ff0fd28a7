extension UserPoolAdministrator {
  /// Adds an identity provider (CreateIdentityProvider).
  ///
  /// - Parameters:
  ///   - name: for users and app clients.
  ///   - kind: what kind of provider it is.
  ///   - details: the kind's own settings, such as `client_id`, `client_secret` and `oidc_issuer`.
  ///   - attributeMapping: which of the pool's attributes get which of the provider's.
  ///   - identifiers: other names that lead to it, such as mail domains.
  /// - Throws: ``CognitoError``, such as ``CognitoError/Code/duplicateProvider``.
  @discardableResult
  public func createIdentityProvider(
    _ name: String, kind: IdentityProvider.Kind, details: [String: String],
    attributeMapping: [UserAttribute: String] = [:], identifiers: [String] = []
  ) async throws(CognitoError) -> IdentityProvider {
    try await providerCall(
      "CreateIdentityProvider", name,
      [
        "ProviderType": .string(kind.rawValue), "ProviderDetails": .object(details.mapValues { .string($0) }),
        "AttributeMapping": attributeMapping.isEmpty ? nil : Self.wire(attributeMapping),
        "IdpIdentifiers": identifiers.isEmpty ? nil : .texts(identifiers),
      ])
  }

  /// One identity provider (DescribeIdentityProvider).
  ///
  /// - Throws: ``CognitoError``, such as ``CognitoError/Code/resourceNotFound``.
  public func identityProvider(_ name: String) async throws(CognitoError) -> IdentityProvider {
    try await providerCall("DescribeIdentityProvider", name, [:])
  }

  /// Changes what is given of an identity provider; the rest stays (UpdateIdentityProvider).
  ///
  /// - Parameters:
  ///   - name: the provider's.
  ///   - details: the kind's own settings; all of them when given.
  ///   - attributeMapping: which of the pool's attributes get which of the provider's.
  ///   - identifiers: other names that lead to it.
  /// - Throws: ``CognitoError``.
  @discardableResult
  public func updateIdentityProvider(
    _ name: String, details: [String: String]? = nil, attributeMapping: [UserAttribute: String]? = nil,
    identifiers: [String]? = nil
  ) async throws(CognitoError) -> IdentityProvider {
    try await providerCall(
      "UpdateIdentityProvider", name,
      [
        "ProviderDetails": details.map { .object($0.mapValues { .string($0) }) },
        "AttributeMapping": attributeMapping.map(Self.wire), "IdpIdentifiers": identifiers.map { .texts($0) },
      ])
  }

  /// Removes an identity provider (DeleteIdentityProvider).
  ///
  /// - Throws: ``CognitoError``.
  public func deleteIdentityProvider(_ name: String) async throws(CognitoError) {
    try await call("DeleteIdentityProvider", ["ProviderName": .named(name, "provider's name")])
  }

  /// All identity providers, without their details (ListIdentityProviders), fetched page by page.
  ///
  /// - Parameter pageSize: 1 to 60.
  public func identityProviders(pageSize: Int = 60) -> PagedSequence<IdentityProvider> {
    pages("ListIdentityProviders", ["MaxResults": .int(Int64(pageSize))], list: "Providers") { wire in
      try IdentityProvider(wire)
    }
  }

  private func providerCall(
    _ operation: String, _ name: String, _ input: [String: JSONValue?]
  ) async throws(CognitoError) -> IdentityProvider {
    var input = input
    input["ProviderName"] = try .named(name, "provider's name")
    return try IdentityProvider(await call(operation, input)["IdentityProvider"])
  }

  private static func wire(_ mapping: [UserAttribute: String]) -> JSONValue {
    .object(Dictionary(mapping.map { ($0.key.rawValue, .string($0.value)) }) { _, last in last })
  }
}
