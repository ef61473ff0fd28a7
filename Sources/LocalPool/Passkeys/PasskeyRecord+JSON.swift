import Cognito

extension PasskeyRecord {
  /// `WebAuthnCredentialDescription`.
  var json: JSONValue {
    .members([
      "CredentialId": .string(Base64.encodeURL(credential.id)), "FriendlyCredentialName": .string(name),
      "RelyingPartyId": .string(relyingPartyID), "AuthenticatorAttachment": attachment.map { .string($0) },
      "AuthenticatorTransports": .strings(transports), "CreatedAt": .time(createdAt),
    ])
  }
}
