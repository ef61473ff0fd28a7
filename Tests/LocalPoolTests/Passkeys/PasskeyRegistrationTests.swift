import Cognito
import FoundationEssentials
import LocalPool
import TestSupport
import Testing

@Suite("registering a passkey")
struct PasskeyRegistrationTests {
  @Test("the browser is asked in Cognito's members and values")
  func options() throws {
    let driver = try PasskeyDriver()
    let options = try #require(try driver.start()?.object)
    #expect(
      Set(options.keys) == [
        "authenticatorSelection", "challenge", "excludeCredentials", "pubKeyCredParams", "rp", "timeout", "user",
      ])
    #expect(
      options["authenticatorSelection"] == [
        "requireResidentKey": true, "residentKey": "required", "userVerification": "preferred",
      ])
    #expect(options["pubKeyCredParams"] == [["alg": -7, "type": "public-key"], ["alg": -257, "type": "public-key"]])
    #expect(options["rp"] == ["id": "example.com", "name": "example.com"] && options["timeout"] == 60_000)
    let handle = Base64.encodeURL(Array(driver.caller.user.sub.utf8))
    #expect(options["user"] == ["displayName": "ada", "name": "ada", "id": .string(handle)])
    #expect(options["excludeCredentials"] == [])
    let authenticator = SoftAuthenticator()
    try driver.register(authenticator)
    #expect(
      try driver.start()?["excludeCredentials"] == [
        ["id": .string(Base64.encodeURL(authenticator.id)), "type": "public-key"]
      ])
  }

  @Test("passkeys are listed with what the browser said of them, and deleted by their user alone")
  func listed() throws {
    let driver = try PasskeyDriver()
    let authenticator = SoftAuthenticator(id: [UInt8](repeating: 9, count: 1023))
    try driver.register(authenticator)
    let shown = try #require(try driver.list().first)
    #expect(shown["CredentialId"] == .string(Base64.encodeURL(authenticator.id)))
    #expect(shown["FriendlyCredentialName"] == "Platform passkey" && shown["RelyingPartyId"] == "example.com")
    #expect(shown["AuthenticatorAttachment"] == "platform")
    #expect(shown["AuthenticatorTransports"] == ["internal", "hybrid"] && shown["CreatedAt"] == 1_800_000_000.0)
    let grace = try driver.otherCaller()
    let id: [String: JSONValue] = ["CredentialId": shown["CredentialId"] ?? .null]
    let missing = PoolException.resourceNotFound("The passkey does not exist.")
    #expect(try refusal { try driver.call("DeleteWebAuthnCredential", id, as: grace) } == missing)
    #expect(try refusal { try driver.call("DeleteWebAuthnCredential", ["CredentialId": "?"]) } == missing)
    _ = try driver.call("DeleteWebAuthnCredential", id)
    #expect(try driver.list().isEmpty)
  }

  @Test("a credential that vouches for itself is taken, with either algorithm, if its signature is right")
  func selfAttestation() throws {
    let driver = try PasskeyDriver()
    for kind in [SigningKey.Kind.p256, .rsa] {
      var cheat = SoftAuthenticator.Cheat()
      cheat.format = "packed-self"
      try driver.register(SoftAuthenticator(SigningKey(kind)), cheat)
      cheat.garble = { Array($0.dropLast()) + [($0.last ?? 0) ^ 1] }
      let refused = try refusal { try driver.register(SoftAuthenticator(SigningKey(kind)), cheat) }
      #expect(refused?.type == "WebAuthnCredentialNotSupportedException")
    }
    #expect(try driver.list().count == 2)
  }

  @Test("every other wrong registration is refused by its name, and nothing is stored")
  func refusals() throws {
    let driver = try PasskeyDriver(
      configuration: ["RelyingPartyId": "example.com", "UserVerification": "required"])
    let point = SoftAuthenticator().key.cose
    let cases: [(String, String, (inout SoftAuthenticator.Cheat) -> Void)] = [
      ("another origin", "WebAuthnOriginNotAllowed", { $0.origin = "https://example.org" }),
      ("an app's origin", "WebAuthnOriginNotAllowed", { $0.origin = "android:apk-key-hash:AAAA" }),
      ("a frame", "WebAuthnOriginNotAllowed", { $0.crossOrigin = true }),
      ("another relying party", "WebAuthnRelyingPartyMismatch", { $0.relyingPartyID = "example.org" }),
      ("another challenge", "WebAuthnChallengeNotFound", { $0.challenge = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" }),
      ("nobody present", "WebAuthnCredentialNotSupported", { $0.flags = 0x04 }),
      ("nobody verified", "WebAuthnCredentialNotSupported", { $0.flags = 0x01 }),
      ("a U2F attestation", "WebAuthnCredentialNotSupported", { $0.format = "fido-u2f" }),
      (
        "a maker's certificate", "WebAuthnCredentialNotSupported",
        {
          $0.format = "packed"
          $0.statement = [("x5c", [0x80])]
        }
      ),
      ("a statement where there is none", "InvalidParameter", { $0.statement = [("sig", [0x40])] }),
      ("a packed statement without a signature", "InvalidParameter", { $0.format = "packed" }),
      ("Ed25519", "WebAuthnCredentialNotSupported", { $0.publicKey = [0xA2, 0x01, 0x01, 0x03, 0x27] }),
      (
        "a point off the curve", "InvalidParameter",
        { $0.publicKey = SigningKey.cose(x: [UInt8](repeating: 1, count: 32), y: [UInt8](repeating: 1, count: 32)) }
      ),
      (
        "a short coordinate", "InvalidParameter",
        { $0.publicKey = SigningKey.cose(x: [1], y: [UInt8](repeating: 1, count: 32)) }
      ),
      (
        "more in the key than belongs there", "InvalidParameter",
        { $0.publicKey = [0xA6] + point.dropFirst() + [0x24, 0x01] }
      ),
      ("a key given twice", "InvalidParameter", { $0.publicKey = [0xA6] + point.dropFirst() + [0x03, 0x26] }),
      ("no id", "InvalidParameter", { $0.credentialID = [] }),
      ("too long an id", "InvalidParameter", { $0.credentialID = [UInt8](repeating: 1, count: 1024) }),
      ("a copied key that can't be", "InvalidParameter", { $0.flags = 0x05 | 0x10 }),
      ("bytes after the key", "InvalidParameter", { $0.trailing = [0x00] }),
      ("a sign-in's client data", "InvalidParameter", { $0.type = "webauthn.get" }),
      ("bytes after the object", "InvalidParameter", { $0.garble = { $0 + [0] } }),
      ("half an object", "InvalidParameter", { $0.garble = { Array($0.prefix($0.count / 2)) } }),
      ("transports that are none", "InvalidParameter", { $0.transports = ["<script>"] }),
      (
        "a list of transports without end", "InvalidParameter",
        { $0.transports = .array(Array(repeating: "usb", count: 9)) }
      ),
      ("an attachment that is none", "InvalidParameter", { $0.attachment = "glued" }),
    ]
    for (what, exception, change) in cases {
      var cheat = SoftAuthenticator.Cheat()
      change(&cheat)
      let refused = try refusal { try driver.register(SoftAuthenticator(), cheat) }
      #expect(refused?.type == exception + "Exception", "\(what)")
    }
    #expect(try refusal { try driver.complete("no object") }?.type == "InvalidParameterException")
    #expect(try driver.list().isEmpty)
  }

  @Test("a challenge is good once, for three minutes, for who asked for it")
  func challenge() throws {
    let driver = try PasskeyDriver()
    let options = try driver.start()
    let credential = SoftAuthenticator().create(options)
    let grace = try driver.otherCaller()
    #expect(
      try refusal { try driver.complete(credential, as: grace) }?.type == "WebAuthnChallengeNotFoundException")
    let otherClient = try driver.harness.makeClient(
      driver.driver.pool, ["ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"]])
    let elsewhere = try driver.driver.caller(
      try driver.harness.call(
        "InitiateAuth",
        [
          "ClientId": .string(otherClient), "AuthFlow": "USER_PASSWORD_AUTH",
          "AuthParameters": ["USERNAME": "ada", "PASSWORD": .string(driver.driver.password)],
        ]))
    #expect(
      try refusal { try driver.complete(credential, as: elsewhere) }?.type == "WebAuthnClientMismatchException")
    try driver.complete(credential)
    #expect(
      try refusal { try driver.complete(SoftAuthenticator().create(options)) }?.type
        == "WebAuthnChallengeNotFoundException")
    let late = try driver.start()
    driver.harness.clock.advance(by: 180)
    #expect(
      try refusal { try driver.complete(SoftAuthenticator().create(late)) }?.type
        == "WebAuthnChallengeNotFoundException")
  }

  @Test("a credential's id is taken once in a pool, whoever has it")
  func taken() throws {
    let driver = try PasskeyDriver()
    let authenticator = SoftAuthenticator()
    try driver.register(authenticator)
    let grace = try driver.otherCaller()
    let thief = SoftAuthenticator(id: authenticator.id)
    #expect(try refusal { try driver.register(thief, as: grace) }?.type == "InvalidParameterException")
    #expect(try driver.signIn(authenticator)["AuthenticationResult"] != nil)
  }

  @Test("a user has at most twenty passkeys, which come in pages")
  func twenty() throws {
    let driver = try PasskeyDriver()
    let key = SigningKey(.p256)
    let kept = try driver.start()
    for number in 0..<20 { try driver.register(SoftAuthenticator(key, id: [1, UInt8(number)])) }
    #expect(try refusal { try driver.start() ?? .null }?.type == "LimitExceededException")
    #expect(
      try refusal { try driver.complete(SoftAuthenticator(key).create(kept)) }?.type == "LimitExceededException")
    var ids: [JSONValue?] = []
    var page: JSONValue = [:]
    repeat {
      var input: [String: JSONValue] = ["MaxResults": 7]
      input["NextToken"] = page["NextToken"]
      page = try driver.call("ListWebAuthnCredentials", input)
      ids += (page["Credentials"]?.array ?? []).map { $0["CredentialId"] }
    } while page["NextToken"] != nil
    #expect(ids == (0..<20).map { .string(Base64.encodeURL([1, UInt8($0)])) })
    #expect(
      try refusal { try driver.call("ListWebAuthnCredentials", ["NextToken": "?"]) }?.type
        == "InvalidParameterException")
    #expect(
      try refusal { try driver.call("ListWebAuthnCredentials", ["MaxResults": 21]) }?.type
        == "InvalidParameterException")
  }

  @Test("a pool without passkeys, or without a relying party, says so; a pool's domain is a relying party")
  func configuration() throws {
    let driver = try PasskeyDriver(pool: [:], configuration: [:])
    let pool: JSONValue = .string(driver.driver.pool)
    func caller() throws -> Caller { try driver.driver.caller(try driver.driver.byPassword()) }
    let harness = driver.harness
    for operation in ["StartWebAuthnRegistration", "CompleteWebAuthnRegistration"] {
      #expect(
        try refusal { try driver.call(operation, ["Credential": [:]]) }?.type == "WebAuthnNotEnabledException")
    }
    try harness.call(
      "UpdateUserPool", .object(PasskeyDriver.factors.merging(["UserPoolId": pool]) { own, _ in own }))
    #expect(
      try refusal { try driver.start(as: try caller()) ?? .null }?.type == "WebAuthnConfigurationMissingException")
    #expect(
      try refusal { try driver.call("CompleteWebAuthnRegistration", ["Credential": [:]], as: try caller()) }?.type
        == "WebAuthnRelyingPartyMismatchException")
    try harness.call("CreateUserPoolDomain", ["UserPoolId": pool, "Domain": "acme"])
    let region = driver.driver.pool.split(separator: "_").first ?? ""
    #expect(
      try driver.start(as: try caller())?["rp"]?["id"] == .string("acme.auth.\(region).amazoncognito.com"))
    let wrong = try refusal {
      try harness.call(
        "SetUserPoolMfaConfig",
        ["UserPoolId": pool, "WebAuthnConfiguration": ["RelyingPartyId": "https://example.com"]])
    }
    #expect(wrong?.type == "InvalidParameterException")
  }

  @Test("passkeys show among the user's factors, and go with the user")
  func user() throws {
    let driver = try PasskeyDriver()
    #expect(try driver.call("GetUserAuthFactors")["ConfiguredUserAuthFactors"] == ["PASSWORD"])
    let authenticator = SoftAuthenticator()
    try driver.register(authenticator)
    #expect(try driver.call("GetUserAuthFactors")["ConfiguredUserAuthFactors"] == ["PASSWORD", "WEB_AUTHN"])
    let grace = try driver.otherCaller()
    try driver.harness.call("AdminDeleteUser", ["UserPoolId": .string(driver.driver.pool), "Username": "ada"])
    // Its id is free again.
    try driver.register(authenticator, as: grace)
  }
}
