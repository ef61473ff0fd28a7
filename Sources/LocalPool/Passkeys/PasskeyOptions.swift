import Cognito

/// What browsers are asked with, in the members and values that Cognito sends.
enum PasskeyOptions {
  /// PublicKeyCredentialCreationOptionsJSON.
  static func creation(
    for user: UserRecord, _ relyingParty: RelyingParty, challenge: [UInt8], existing: [PasskeyRecord]
  ) -> JSONValue {
    [
      "authenticatorSelection": [
        "requireResidentKey": true, "residentKey": "required", "userVerification": verification(relyingParty),
      ],
      "challenge": .string(Base64.encodeURL(challenge)),
      "excludeCredentials": .array(existing.map { descriptor($0.credential.id) }),
      "pubKeyCredParams": .array(
        CredentialPublicKey.algorithms.map { ["alg": .int($0), "type": "public-key"] }),
      "rp": ["id": .string(relyingParty.id), "name": .string(relyingParty.id)],
      "timeout": 60_000,
      "user": [
        "displayName": .string(user.username), "id": .string(Base64.encodeURL(user.passkeyHandle)),
        "name": .string(user.username),
      ],
    ]
  }

  /// PublicKeyCredentialRequestOptionsJSON.
  /// - Parameter seconds: how long an answer will be taken.
  static func request(
    _ relyingParty: RelyingParty, challenge: [UInt8], credentials: [JSONValue], seconds: Int
  ) -> JSONValue {
    [
      "allowCredentials": .array(credentials), "challenge": .string(Base64.encodeURL(challenge)),
      "rpId": .string(relyingParty.id), "timeout": .int(Int64(seconds) * 1000),
      "userVerification": verification(relyingParty),
    ]
  }

  static func descriptor(_ id: [UInt8], transports: [String] = []) -> JSONValue {
    .fields([
      "id": .string(Base64.encodeURL(id)), "type": "public-key",
      "transports": transports.isEmpty ? nil : .texts(transports),
    ])
  }

  private static func verification(_ relyingParty: RelyingParty) -> JSONValue {
    relyingParty.requiresUserVerification ? "required" : "preferred"
  }
}
