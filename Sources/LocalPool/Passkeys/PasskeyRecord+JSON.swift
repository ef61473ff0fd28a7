import Cognito

extension PasskeyRecord {
  /// `WebAuthnCredentialDescription`.
  var json: JSONValue {
    .fields([
      "CredentialId": .string(Base64.encodeURL(credential.id)), "FriendlyCredentialName": .string(name),
      "RelyingPartyId": .string(relyingPartyID), "AuthenticatorAttachment": attachment.map { .string($0) },
      "AuthenticatorTransports": .texts(transports), "CreatedAt": .time(createdAt),
    ])
  }
}
