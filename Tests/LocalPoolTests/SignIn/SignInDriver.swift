import Cognito
import FoundationEssentials
import LocalPool

/// Signs a user in step by step, with the client's half of SRP from the library.
struct SignInDriver {
  let harness: PoolHarness
  let pool: String
  let client: String
  var username = "ada"
  var password = "Lovelace-1815!"
  var clientSecret: String?
  var deviceKey: String?

  /// A pool with a client for every flow, and a confirmed user.
  init(
    pool settings: [String: JSONValue] = [:], client clientSettings: [String: JSONValue] = [:],
    mfa: [String: JSONValue]? = nil, triggers: any TriggerRunner = NoTriggers()
  ) throws {
    harness = try PoolHarness(triggers: triggers)
    pool = try harness.makePool(settings)
    if let mfa {
      try harness.call("SetUserPoolMfaConfig", .object(mfa.merging(["UserPoolId": .string(pool)]) { own, _ in own }))
    }
    let flows: JSONValue = [
      "ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_CUSTOM_AUTH",
      "ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH",
    ]
    client = try harness.makeClient(pool, clientSettings.merging(["ExplicitAuthFlows": flows]) { own, _ in own })
    try addUser(username, password)
  }

  func addUser(_ name: String, _ password: String, attributes: [String: String] = [:]) throws {
    try harness.call(
      "AdminCreateUser",
      [
        "UserPoolId": .string(pool), "Username": .string(name), "MessageAction": "SUPPRESS",
        "UserAttributes": .array(attributes.map { ["Name": .string($0), "Value": .string($1)] }),
      ])
    try harness.call(
      "AdminSetUserPassword",
      ["UserPoolId": .string(pool), "Username": .string(name), "Password": .string(password), "Permanent": true])
  }

  func secretHash(_ name: String) -> String? {
    clientSecret.map {
      SecretHash.compute(username: name, clientID: client, clientSecret: Secret(utf8: $0))
    }
  }

  func initiate(_ flow: String, _ parameters: [String: String] = [:]) throws -> JSONValue {
    var parameters = parameters
    if parameters["REFRESH_TOKEN"] == nil { parameters["USERNAME"] = parameters["USERNAME"] ?? username }
    if let hash = secretHash(username) { parameters["SECRET_HASH"] = parameters["SECRET_HASH"] ?? hash }
    return try harness.call(
      "InitiateAuth",
      [
        "ClientId": .string(client), "AuthFlow": .string(flow),
        "AuthParameters": .object(parameters.mapValues { .string($0) }),
      ])
  }

  func respond(_ challenge: String, _ responses: [String: String], session: JSONValue? = nil) throws -> JSONValue {
    var responses = responses
    responses["USERNAME"] = responses["USERNAME"] ?? username
    if let hash = secretHash(responses["USERNAME"] ?? "") {
      responses["SECRET_HASH"] = responses["SECRET_HASH"] ?? hash
    }
    var input: [String: JSONValue] = [
      "ClientId": .string(client), "ChallengeName": .string(challenge),
      "ChallengeResponses": .object(responses.mapValues { .string($0) }),
    ]
    if let session = session?["Session"] { input["Session"] = session }
    return try harness.call("RespondToAuthChallenge", .object(input))
  }

  /// The whole of USER_SRP_AUTH up to what follows the password.
  func srp(flow: String = "USER_SRP_AUTH", extra: [String: String] = [:]) throws -> JSONValue {
    let exchange = SRPClient()
    var parameters = extra
    parameters["SRP_A"] = exchange.publicA.hex
    if let deviceKey { parameters["DEVICE_KEY"] = deviceKey }
    return try verify(try initiate(flow, parameters), exchange)
  }

  /// Answers PASSWORD_VERIFIER.
  func verify(
    _ challenge: JSONValue, _ exchange: SRPClient, change: (inout [String: String]) -> Void = { _ in }
  ) throws -> JSONValue {
    let parameters = (challenge["ChallengeParameters"]?.object ?? [:]).compactMapValues(\.string)
    let poolName = pool.split(separator: "_").last.map(String.init) ?? ""
    var responses = try claim(
      parameters, exchange, poolName: poolName, userID: parameters["USER_ID_FOR_SRP"] ?? "",
      password: Secret(utf8: password))
    responses["USERNAME"] = parameters["USERNAME"]
    if let deviceKey { responses["DEVICE_KEY"] = deviceKey }
    change(&responses)
    return try respond("PASSWORD_VERIFIER", responses)
  }

  /// What proves a password, or a device's.
  func claim(
    _ parameters: [String: String], _ exchange: SRPClient, poolName: String, userID: String, password: Secret
  ) throws -> [String: String] {
    let block = parameters["SECRET_BLOCK"] ?? ""
    let key = try exchange.sessionKey(
      poolName: poolName, userID: userID, password: password,
      salt: BigNumber(hex: parameters["SALT"] ?? "0") ?? BigNumber(0),
      publicB: BigNumber(hex: parameters["SRP_B"] ?? "0") ?? BigNumber(0))
    let timestamp = PasswordClaim.timestamp(harness.clock.now)
    return [
      "PASSWORD_CLAIM_SECRET_BLOCK": block, "TIMESTAMP": timestamp,
      "PASSWORD_CLAIM_SIGNATURE": PasswordClaim.signature(
        key: key, poolName: poolName, userID: userID, secretBlock: Base64.decode(block) ?? [], timestamp: timestamp),
    ]
  }

  /// Signs in with the password in clear.
  func byPassword(_ password: String? = nil) throws -> JSONValue {
    try initiate("USER_PASSWORD_AUTH", ["PASSWORD": password ?? self.password])
  }

  /// Who an access token belongs to, for operations that need one.
  func caller(_ answer: JSONValue) throws -> Caller {
    try AccessTokenReader.caller(
      token: answer["AuthenticationResult"]?["AccessToken"]?.string ?? "", context: harness.context)
  }

  /// The claims of one of an answer's tokens, not verified.
  func claims(_ answer: JSONValue, _ token: String = "AccessToken") throws -> [String: JSONValue] {
    let parts = (answer["AuthenticationResult"]?[token]?.string ?? "").split(separator: ".")
    guard parts.count == 3, let payload = Base64.decodeURL(parts[1]) else { return [:] }
    return try JSONValue.parse(payload).object ?? [:]
  }

  func refreshToken(_ answer: JSONValue) -> String {
    answer["AuthenticationResult"]?["RefreshToken"]?.string ?? ""
  }
}

/// What a call refuses with; nil when it doesn't.
func refusal(_ body: () throws -> JSONValue) throws -> PoolException? {
  do {
    _ = try body()
    return nil
  } catch let error as PoolException {
    return error
  }
}
