import FoundationEssentials

/// A passkey that a user has registered.
public struct Passkey: Sendable, Hashable {
  /// The pool's id of it.
  public let id: String
  /// What the user calls it.
  public let name: String
  /// The domain that it works for.
  public let relyingPartyID: String
  /// When it was registered.
  public let created: Date?

  /// - Parameters:
  ///   - id: the pool's id of it.
  ///   - name: what the user calls it.
  ///   - relyingPartyID: the domain that it works for.
  ///   - created: when it was registered.
  public init(id: String, name: String, relyingPartyID: String, created: Date? = nil) {
    self.id = id
    self.name = name
    self.relyingPartyID = relyingPartyID
    self.created = created
  }

  package init(_ wire: JSONValue) throws(CognitoError) {
    guard let id = wire["CredentialId"]?.string else {
      throw CognitoError(.malformedResponse, "The service described a passkey without an id.")
    }
    self.id = id
    name = wire["FriendlyCredentialName"]?.string ?? ""
    relyingPartyID = wire["RelyingPartyId"]?.string ?? ""
    created = wire.date("CreatedAt")
  }
}

extension SignedInUser {
  /// Begins to register a passkey (StartWebAuthnRegistration).
  ///
  /// - Returns: `PublicKeyCredentialCreationOptions` in JSON (WebAuthn, level 3), for an authenticator.
  /// - Throws: ``CognitoError``.
  public func startPasskeyRegistration() async throws(CognitoError) -> JSONValue {
    guard let options = try await call("StartWebAuthnRegistration")["CredentialCreationOptions"] else {
      throw CognitoError(.malformedResponse, "The service gave no options for a passkey.")
    }
    return options
  }

  /// Ends the registration of a passkey (CompleteWebAuthnRegistration).
  ///
  /// - Parameter credential: the authenticator's `RegistrationResponseJSON`.
  /// - Throws: ``CognitoError``.
  public func completePasskeyRegistration(_ credential: JSONValue) async throws(CognitoError) {
    try await call("CompleteWebAuthnRegistration", ["Credential": credential])
  }

  /// The user's passkeys (ListWebAuthnCredentials).
  public var passkeys: PagedSequence<Passkey> {
    pages("ListWebAuthnCredentials", list: "Credentials") { wire in try Passkey(wire) }
  }

  /// Deletes a passkey (DeleteWebAuthnCredential).
  ///
  /// - Throws: ``CognitoError``.
  public func deletePasskey(_ id: String) async throws(CognitoError) {
    try await call("DeleteWebAuthnCredential", ["CredentialId": .string(id)])
  }
}
