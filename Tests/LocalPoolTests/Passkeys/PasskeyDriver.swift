import Cognito
import LocalPool
import TestSupport

/// A pool with passkeys, and a user who is signed in and can make some.
struct PasskeyDriver {
  var driver: SignInDriver
  let caller: Caller
  /// The caller's.
  let accessToken: String

  static let factors: [String: JSONValue] = [
    "Policies": ["SignInPolicy": ["AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"]]]
  ]

  init(
    pool: [String: JSONValue] = Self.factors, client: [String: JSONValue] = [:], mfa: [String: JSONValue] = [:],
    configuration: JSONValue = ["RelyingPartyId": "example.com", "UserVerification": "preferred"]
  ) throws {
    driver = try SignInDriver(
      pool: pool, client: client, mfa: mfa.merging(["WebAuthnConfiguration": configuration]) { own, _ in own })
    let answer = try driver.byPassword()
    caller = try driver.caller(answer)
    accessToken = answer["AuthenticationResult"]?["AccessToken"]?.string ?? ""
  }

  var harness: PoolHarness { driver.harness }

  /// Another user of the pool, grace, signed in.
  func otherCaller() throws -> Caller {
    try driver.addUser("grace", "Hopper-1906!")
    var other = driver
    other.username = "grace"
    return try other.caller(try other.byPassword("Hopper-1906!"))
  }

  func call(_ name: String, _ input: [String: JSONValue] = [:], as caller: Caller? = nil) throws -> JSONValue {
    try harness.call(
      name, .object(input.merging(["AccessToken": "a.b.c"]) { own, _ in own }), caller: caller ?? self.caller)
  }

  func start(as caller: Caller? = nil) throws -> JSONValue? {
    try call("StartWebAuthnRegistration", as: caller)["CredentialCreationOptions"]
  }

  @discardableResult
  func complete(_ credential: JSONValue, as caller: Caller? = nil) throws -> JSONValue {
    try call("CompleteWebAuthnRegistration", ["Credential": credential], as: caller)
  }

  /// Registers a passkey of this authenticator.
  @discardableResult
  func register(
    _ authenticator: SoftAuthenticator, _ cheat: SoftAuthenticator.Cheat = .init(), as caller: Caller? = nil
  ) throws -> JSONValue {
    try complete(authenticator.create(try start(as: caller), cheat), as: caller)
  }

  /// The passkeys that ListWebAuthnCredentials shows.
  func list() throws -> [JSONValue] { try call("ListWebAuthnCredentials")["Credentials"]?.array ?? [] }

  /// The WEB_AUTHN challenge.
  func ask() throws -> JSONValue { try driver.initiate("USER_AUTH", ["PREFERRED_CHALLENGE": "WEB_AUTHN"]) }

  /// What a challenge asks an authenticator for.
  static func options(_ challenge: JSONValue) throws -> JSONValue? {
    try challenge["ChallengeParameters"]?["CREDENTIAL_REQUEST_OPTIONS"]?.string.map {
      try JSONValue.parse(Array($0.utf8))
    }
  }

  func answer(_ challenge: JSONValue, _ credential: String) throws -> JSONValue {
    try driver.respond("WEB_AUTHN", ["CREDENTIAL": credential], session: challenge)
  }

  /// A whole sign-in.
  func signIn(_ authenticator: SoftAuthenticator, _ cheat: SoftAuthenticator.Cheat = .init()) throws -> JSONValue {
    let challenge = try ask()
    return try answer(challenge, authenticator.get(try Self.options(challenge), cheat))
  }
}
