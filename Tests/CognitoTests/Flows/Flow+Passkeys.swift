import Cognito
import TestSupport
import Testing

/// WEB_AUTHN, with an authenticator in software.
extension Flow {
  private static let noPasskeys = "no passkeys"
  private static let allowingPasskeys: JSONValue = [
    "Policies": ["SignInPolicy": ["AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"]]]
  ]

  private static func prepared(_ target: FlowTarget) async throws -> (UserPoolClient, SignedInUser) {
    try await target.call(
      "SetUserPoolMfaConfig",
      ["WebAuthnConfiguration": ["RelyingPartyId": "example.com", "UserVerification": "required"]])
    try await target.makeUser()
    let client = try await target.client { $0.authFlows = ["ALLOW_USER_AUTH", "ALLOW_USER_SRP_AUTH"] }
    return (client, client.user(try await target.signedIn(client)))
  }

  private static func options(_ step: SignInStep) throws -> JSONValue {
    guard case .webAuthn(let options) = step else { throw UnexpectedStep(step: "\(step)") }
    return options
  }

  private static func answer(
    _ authenticator: SoftAuthenticator, _ options: JSONValue, _ cheat: SoftAuthenticator.Cheat = .init()
  ) throws -> SignInAnswer {
    .credential(try JSONValue.parse(Array(authenticator.get(options, cheat).utf8)))
  }

  static let passkeys: [Flow] = [
    Flow("passkeys: register, list and delete", motoLacks: noPasskeys, pool: allowingPasskeys) { target in
      let (_, user) = try await prepared(target)
      let authenticator = SoftAuthenticator()
      var elsewhere = SoftAuthenticator.Cheat()
      elsewhere.origin = "https://phishing.example.net"
      let foreign = try await authenticator.create(user.startPasskeyRegistration(), elsewhere)
      await #expect(throws: CognitoError(.webAuthnOriginNotAllowed, "")) {
        try await user.completePasskeyRegistration(foreign)
      }
      try await user.completePasskeyRegistration(authenticator.create(user.startPasskeyRegistration()))
      // A registration that nobody has begun.
      let unasked = SoftAuthenticator().create(nil)
      await #expect(throws: CognitoError(.webAuthnChallengeNotFound, "")) {
        try await user.completePasskeyRegistration(unasked)
      }
      let passkeys = try await user.passkeys.collect()
      #expect(passkeys.map(\.id) == [Base64.encodeURL(authenticator.id)])
      #expect(passkeys.map(\.relyingPartyID) == ["example.com"])
      try await user.deletePasskey(try #require(passkeys.first).id)
      #expect(try await user.passkeys.collect().isEmpty)
      await #expect(throws: CognitoError(.resourceNotFound, "")) {
        try await user.deletePasskey(try #require(passkeys.first).id)
      }
    },
    Flow("USER_AUTH: a passkey, chosen or preferred (WEB_AUTHN)", motoLacks: noPasskeys, pool: allowingPasskeys) {
      target in
      let (client, user) = try await prepared(target)
      let authenticator = SoftAuthenticator()
      try await user.completePasskeyRegistration(authenticator.create(user.startPasskeyRegistration()))

      let chosen = client.signIn("ada")
      guard case .selectFirstFactor(let factors) = try await chosen.start(.choice()) else {
        throw UnexpectedStep(step: "no choice")
      }
      #expect(Set(factors) == [.password, .passwordSRP, .webAuthn])
      let asked = try options(await chosen.respond(.firstFactor(.webAuthn)))
      #expect(asked["rpId"]?.string == "example.com")
      #expect(try await chosen.respond(answer(authenticator, asked)).finished().tokens.username == "ada")

      let preferred = client.signIn("ada")
      let again = try options(await preferred.start(.choice(preferred: .webAuthn)))
      // Somebody else's authenticator, a page elsewhere, and an old answer.
      var elsewhere = SoftAuthenticator.Cheat()
      elsewhere.origin = "https://phishing.example.net"
      let wrong = [
        try answer(SoftAuthenticator(id: authenticator.id), again), try answer(authenticator, again, elsewhere),
        try answer(authenticator, asked),
      ]
      for answer in wrong {
        await #expect(throws: CognitoError(.notAuthorized, "")) { try await preferred.respond(answer) }
      }
      #expect(try await preferred.respond(answer(authenticator, again)).finished().tokens.username == "ada")
    },
  ]
}
