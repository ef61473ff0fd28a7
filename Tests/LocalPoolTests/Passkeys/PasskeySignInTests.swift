import Cognito
import FoundationEssentials
import LocalPool
import TestSupport
import Testing

@Suite("signing in with a passkey")
struct PasskeySignInTests {
  @Test("a passkey signs in, as preferred factor", arguments: [SigningKey.Kind.p256, .rsa])
  func preferred(kind: SigningKey.Kind) throws {
    let driver = try PasskeyDriver()
    let authenticator = SoftAuthenticator(SigningKey(kind))
    try driver.register(authenticator)
    let challenge = try driver.ask()
    #expect(challenge["ChallengeName"] == "WEB_AUTHN")
    let options = try #require(try PasskeyDriver.options(challenge))
    #expect(options["rpId"] == "example.com" && options["userVerification"] == "preferred")
    #expect(options["timeout"] == 180_000)
    #expect(
      options["allowCredentials"] == [
        [
          "id": .string(Base64.encodeURL(authenticator.id)), "type": "public-key",
          "transports": ["internal", "hybrid"],
        ]
      ])
    let answer = try driver.answer(challenge, authenticator.get(options))
    #expect(answer["AuthenticationResult"]?["AccessToken"] != nil)
  }

  @Test("a passkey is offered to choose, and the choice may hold the credential at once")
  func chosen() throws {
    let driver = try PasskeyDriver()
    let authenticator = SoftAuthenticator()
    #expect(try driver.driver.initiate("USER_AUTH")["AvailableChallenges"] == ["PASSWORD", "PASSWORD_SRP"])
    try driver.register(authenticator)
    let offer = try driver.driver.initiate("USER_AUTH")
    #expect(offer["AvailableChallenges"] == ["PASSWORD", "PASSWORD_SRP", "WEB_AUTHN"])
    let challenge = try driver.driver.respond("SELECT_CHALLENGE", ["ANSWER": "WEB_AUTHN"], session: offer)
    #expect(challenge["ChallengeName"] == "WEB_AUTHN")
    let answer = try driver.answer(challenge, authenticator.get(try PasskeyDriver.options(challenge)))
    #expect(answer["AuthenticationResult"] != nil)

    let second = try driver.driver.initiate("USER_AUTH")
    let atOnce = try driver.driver.respond(
      "SELECT_CHALLENGE",
      ["ANSWER": "WEB_AUTHN", "CREDENTIAL": authenticator.get(try PasskeyDriver.options(second))], session: second)
    #expect(atOnce["AuthenticationResult"] != nil)
  }

  @Test("what an authenticator or a page does wrong is refused, and the honest answer still taken")
  func cheats() throws {
    let driver = try PasskeyDriver(
      configuration: ["RelyingPartyId": "example.com", "UserVerification": "required"])
    let authenticator = SoftAuthenticator()
    try driver.register(authenticator)
    _ = try driver.signIn(authenticator)
    for cheat in Cheats.all {
      let challenge = try driver.ask()
      let options = try PasskeyDriver.options(challenge)
      let refused = try refusal { try driver.answer(challenge, authenticator.get(options, cheat.cheat)) }
      #expect(refused == .incorrectPassword, "\(cheat.name)")
      let honest = try refusal { try driver.answer(challenge, authenticator.get(options)) }
      #expect(honest == nil, "\(cheat.name)")
    }
  }

  @Test("what can't be read is refused as such, whatever it is")
  func unreadable() throws {
    let driver = try PasskeyDriver()
    let authenticator = SoftAuthenticator()
    try driver.register(authenticator)
    for cheat in Unreadable.all {
      let challenge = try driver.ask()
      let credential = cheat.credential(authenticator, try PasskeyDriver.options(challenge))
      let refused = try refusal { try driver.answer(challenge, credential) }
      #expect(refused?.type == "InvalidParameterException", "\(cheat.name)")
    }
  }

  @Test("a challenge is good once, and for the session's time")
  func challengeOnce() throws {
    let driver = try PasskeyDriver()
    let authenticator = SoftAuthenticator()
    authenticator.step = 0
    try driver.register(authenticator)
    let challenge = try driver.ask()
    let credential = authenticator.get(try PasskeyDriver.options(challenge))
    #expect(try driver.answer(challenge, credential)["AuthenticationResult"] != nil)
    #expect(try refusal { try driver.answer(challenge, credential) }?.type == "NotAuthorizedException")
    // The old answer doesn't fit a new challenge.
    let next = try driver.ask()
    #expect(try refusal { try driver.answer(next, credential) } == .incorrectPassword)
    let late = try driver.ask()
    driver.harness.clock.advance(by: 181)
    let answer = authenticator.get(try PasskeyDriver.options(late))
    #expect(try refusal { try driver.answer(late, answer) } == .expiredSession)
  }

  @Test("wrong answers end the session")
  func failures() throws {
    let driver = try PasskeyDriver()
    let authenticator = SoftAuthenticator()
    try driver.register(authenticator)
    let challenge = try driver.ask()
    let options = try PasskeyDriver.options(challenge)
    var cheat = SoftAuthenticator.Cheat()
    cheat.origin = "https://example.org"
    for _ in 0..<5 {
      #expect(try refusal { try driver.answer(challenge, authenticator.get(options, cheat)) } == .incorrectPassword)
    }
    #expect(try refusal { try driver.answer(challenge, authenticator.get(options)) } == .invalidSession)
  }

  @Test("two sign-ins at the same count of the counter: the second is a copy's")
  func sameCount() throws {
    let driver = try PasskeyDriver()
    let authenticator = SoftAuthenticator()
    try driver.register(authenticator)
    let (one, other) = (try driver.ask(), try driver.ask())
    var cheat = SoftAuthenticator.Cheat()
    cheat.signCount = 9
    #expect(
      try driver.answer(one, authenticator.get(try PasskeyDriver.options(one), cheat))["AuthenticationResult"] != nil)
    let copied = authenticator.get(try PasskeyDriver.options(other), cheat)
    #expect(try refusal { try driver.answer(other, copied) } == .incorrectPassword)
  }

  @Test("another user's passkey opens only their own account")
  func otherUser() throws {
    let driver = try PasskeyDriver()
    try driver.register(SoftAuthenticator())
    let grace = try driver.otherCaller()
    let authenticator = SoftAuthenticator()
    try driver.register(authenticator, as: grace)
    let challenge = try driver.ask()
    let credential = authenticator.get(try PasskeyDriver.options(challenge))
    #expect(try refusal { try driver.answer(challenge, credential) } == .incorrectPassword)
  }

  @Test("a deleted passkey no longer signs in, not even one that was asked for before")
  func deleted() throws {
    let driver = try PasskeyDriver()
    let authenticator = SoftAuthenticator()
    try driver.register(authenticator)
    let challenge = try driver.ask()
    _ = try driver.call(
      "DeleteWebAuthnCredential", ["CredentialId": .string(Base64.encodeURL(authenticator.id))])
    let credential = authenticator.get(try PasskeyDriver.options(challenge))
    #expect(try refusal { try driver.answer(challenge, credential) } == .incorrectPassword)
    #expect(try driver.ask()["ChallengeName"] == "SELECT_CHALLENGE")
  }

  @Test("passkeys of a relying party that the pool has no longer are not offered")
  func otherRelyingParty() throws {
    let driver = try PasskeyDriver()
    try driver.register(SoftAuthenticator())
    try driver.harness.call(
      "SetUserPoolMfaConfig",
      ["UserPoolId": .string(driver.driver.pool), "WebAuthnConfiguration": ["RelyingPartyId": "example.net"]])
    #expect(try driver.ask()["AvailableChallenges"] == ["PASSWORD", "PASSWORD_SRP"])
  }

  @Test("a page on localhost may do without TLS")
  func localhost() throws {
    let driver = try PasskeyDriver(configuration: ["RelyingPartyId": "localhost"])
    let authenticator = SoftAuthenticator()
    var cheat = SoftAuthenticator.Cheat()
    cheat.origin = "http://localhost:3000"
    try driver.register(authenticator, cheat)
    #expect(try driver.signIn(authenticator, cheat)["AuthenticationResult"] != nil)
  }

  @Test("an administrator's sign-in can use a passkey")
  func admin() throws {
    let driver = try PasskeyDriver()
    let authenticator = SoftAuthenticator()
    try driver.register(authenticator)
    let names: [String: JSONValue] = [
      "UserPoolId": .string(driver.driver.pool), "ClientId": .string(driver.driver.client),
    ]
    let challenge = try driver.harness.call(
      "AdminInitiateAuth",
      .object(
        names.merging([
          "AuthFlow": "USER_AUTH", "AuthParameters": ["USERNAME": "ada", "PREFERRED_CHALLENGE": "WEB_AUTHN"],
        ]) { own, _ in own }))
    let credential = authenticator.get(try PasskeyDriver.options(challenge))
    let answer = try driver.harness.call(
      "AdminRespondToAuthChallenge",
      .object(
        names.merging([
          "ChallengeName": "WEB_AUTHN", "Session": challenge["Session"] ?? .null,
          "ChallengeResponses": ["USERNAME": "ada", "CREDENTIAL": .string(credential)],
        ]) { own, _ in own }))
    #expect(answer["AuthenticationResult"]?["AccessToken"] != nil)
  }
}
