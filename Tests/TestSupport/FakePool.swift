import Cognito
import FoundationEssentials
import Synchronization

/// A user pool in memory with one user, for the library's tests: it really checks SRP, for the password and for the
/// device, and follows a script of challenges after that. The pool in Sources/LocalPool is tested with the library
/// too, but it has bounds of its own; this one can be made to misbehave.
package final class FakePool: Sendable {
  /// What the pool asks after the password.
  package struct Challenge: Sendable {
    package var name: String
    package var parameters: [String: String]
    package var available: [String]
    /// Looks at the responses; false refuses them with CodeMismatchException.
    package var accepts: @Sendable ([String: String]) -> Bool

    package init(
      _ name: String, _ parameters: [String: String] = [:], available: [String] = [],
      accepts: @escaping @Sendable ([String: String]) -> Bool = { _ in true }
    ) {
      self.name = name
      self.parameters = parameters
      self.available = available
      self.accepts = accepts
    }
  }

  /// One call as it came.
  package struct Call: Sendable {
    package let operation: String
    package let body: JSONValue
    /// AuthParameters or ChallengeResponses.
    package var texts: [String: String] {
      (body["AuthParameters"]?.object ?? body["ChallengeResponses"]?.object ?? [:]).compactMapValues(\.string)
    }
  }

  package static let poolID = "eu-north-1_TestPool1"
  package static let clientID = "testclient"
  package static let username = "internal-alice"
  package static let password = "Correct horse 1!"
  package static let now: Int64 = 1_790_000_000

  package let issuer = TestIssuer(
    issuer: "https://cognito-idp.eu-north-1.amazonaws.com/\(poolID)", clientID: clientID)
  private let secret: String?
  private let salt = BigNumber(bytes: SecureRandom.bytes(16))
  private let device: DeviceVerifier?
  private let deviceKey: String?
  private let groupKey: String?
  private let state: Mutex<State>

  private struct State {
    var calls: [Call] = []
    var script: [Challenge]
    var pending: Challenge?
    var session = 0
    var exchange: Exchange?
    var newDevice: JSONValue?
    var asksUser = false
    var deviceFailure: CognitoError?
    var idTokenClaims: [String: JSONValue] = [:]
    var accessTokenClaims: [String: JSONValue] = [:]
  }

  private struct Exchange {
    let publicA: BigNumber
    let b: BigNumber
    let publicB: BigNumber
    let verifier: BigNumber
    let poolName: String
    let userID: String
  }

  package init(
    script: [Challenge] = [], clientSecret: String? = nil, device: RememberedDevice? = nil, newDevice: JSONValue? = nil
  ) {
    secret = clientSecret
    self.device = device.map {
      DeviceVerifier(
        groupKey: $0.groupKey, deviceKey: $0.key, password: $0.password, salt: BigNumber(bytes: SecureRandom.bytes(16)))
    }
    deviceKey = device?.key
    groupKey = device?.groupKey
    state = Mutex(State(script: script, newDevice: newDevice))
  }

  /// Devices count only when the user says so (DeviceOnlyRememberedOnUserPrompt).
  package func asksUserAboutDevices() { state.withLock { $0.asksUser = true } }
  /// What ConfirmDevice and its like fail with.
  package func failDevices(_ error: CognitoError?) { state.withLock { $0.deviceFailure = error } }
  /// Claims in place of the usual ones.
  package func claim(id: [String: JSONValue] = [:], access: [String: JSONValue] = [:]) {
    state.withLock { ($0.idTokenClaims, $0.accessTokenClaims) = (id, access) }
  }

  package var calls: [Call] { state.withLock { $0.calls } }

  /// A client of this pool.
  package func client(
    settings: ServiceClient.Settings? = nil, credentials: (any AWSCredentialsProvider)? = nil
  ) throws -> UserPoolClient {
    var quick = ServiceClient.Settings(now: { Date(timeIntervalSince1970: Double(FakePool.now)) })
    quick.retry.sleep = { _ in }
    return try UserPoolClient(
      pool: UserPool(id: Self.poolID), clientID: Self.clientID, clientSecret: secret.map(Secret.init(utf8:)),
      credentials: credentials, transport: ScriptedTransport { _, request in try self.answer(request) },
      settings: settings ?? quick, keys: JWKS(issuer.jwks))
  }

  private func answer(_ request: HTTPRequest) throws -> HTTPResponse {
    let operation = String(request.header("x-amz-target")?.split(separator: ".").last ?? "")
    let body = try JSONValue.parse(request.body)
    let call = Call(operation: operation, body: body)
    return try state.withLock { state in
      state.calls.append(call)
      do {
        return HTTPResponse(status: 200, body: try handle(call, &state).serialized())
      } catch let error as CognitoError {
        let body: JSONValue = ["__type": .string(error.code.rawValue), "message": .string(error.message)]
        return HTTPResponse(status: 400, headers: ["x-amzn-requestid": "req-1"], body: body.serialized())
      }
    }
  }

  private func handle(_ call: Call, _ state: inout State) throws -> JSONValue {
    switch call.operation {
    case "InitiateAuth", "AdminInitiateAuth":
      try checkHash(call)
      state.session = 0
      return try initiate(call, &state)
    case "RespondToAuthChallenge", "AdminRespondToAuthChallenge":
      try checkHash(call)
      return try respond(call, &state)
    case "AssociateSoftwareToken":
      try checkSession(call, &state)
      return ["SecretCode": "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "Session": .string(nextSession(&state))]
    case "VerifySoftwareToken":
      try checkSession(call, &state)
      guard call.body["UserCode"]?.string == "287082" else {
        state.session -= 1
        throw CognitoError(.enableSoftwareTokenMFA, "Code mismatch")
      }
      return ["Status": "SUCCESS", "Session": .string(nextSession(&state))]
    case "ConfirmDevice", "UpdateDeviceStatus", "ForgetDevice":
      if let error = state.deviceFailure { throw error }
      return call.operation == "ConfirmDevice" ? ["UserConfirmationNecessary": .bool(state.asksUser)] : [:]
    default: throw CognitoError(.unknownOperation, "no \(call.operation) here")
    }
  }

  private func checkHash(_ call: Call) throws {
    guard let secret else { return }
    let expected = SecretHash.compute(
      username: call.texts["USERNAME"] ?? "", clientID: Self.clientID, clientSecret: Secret(utf8: secret))
    guard call.texts["SECRET_HASH"] == expected else {
      throw CognitoError(.notAuthorized, "Unable to verify secret hash for client")
    }
  }

  /// Every session is good for one use.
  private func checkSession(_ call: Call, _ state: inout State) throws {
    guard call.body["Session"]?.string == "session-number-\(state.session)" else {
      throw CognitoError(.notAuthorized, "Invalid session for the user, session is expired.")
    }
    state.session += 1
  }

  private func nextSession(_ state: inout State) -> String { "session-number-\(state.session)" }

  private func initiate(_ call: Call, _ state: inout State) throws -> JSONValue {
    let texts = call.texts
    if texts["DEVICE_KEY"] == "eu-north-1_forgotten" {
      throw CognitoError(.resourceNotFound, "Device does not exist.")
    }
    switch call.body["AuthFlow"]?.string {
    case "USER_SRP_AUTH": return try verifier(texts, &state)
    case "CUSTOM_AUTH": return texts["SRP_A"] == nil ? next(&state) : try verifier(texts, &state)
    case "USER_AUTH" where texts["PREFERRED_CHALLENGE"] == "PASSWORD_SRP": return try verifier(texts, &state)
    case "USER_AUTH" where texts["PASSWORD"] == nil: return next(&state)
    default:
      guard texts["PASSWORD"] == Self.password else {
        throw CognitoError(.notAuthorized, "Incorrect username or password.")
      }
      return next(&state)
    }
  }

  private func verifier(_ texts: [String: String], _ state: inout State) throws -> JSONValue {
    let x = SRP.x(
      poolName: "TestPool1", userID: Self.username, password: Secret(utf8: Self.password), salt: salt)
    return try begin(
      "PASSWORD_VERIFIER", texts, SRP.verifier(x: x), salt, "TestPool1", Self.username, &state)
  }

  private func begin(
    _ name: String, _ texts: [String: String], _ v: BigNumber, _ salt: BigNumber, _ poolName: String,
    _ userID: String, _ state: inout State
  ) throws -> JSONValue {
    guard let publicA = texts["SRP_A"].flatMap({ BigNumber(hex: $0) }), SRP.isAcceptable(publicValue: publicA) else {
      throw CognitoError(.invalidParameter, "SRP_A")
    }
    let (n, b) = (SRPGroup.n, BigNumber(bytes: SecureRandom.bytes(128)))
    let publicB = SRPGroup.k.multiplying(by: v, modulo: n).adding(SRPGroup.powerOfG(b), modulo: n)
    state.exchange = Exchange(
      publicA: publicA, b: b, publicB: publicB, verifier: v, poolName: poolName, userID: userID)
    // As AWS does: no session here, the secret block is the state.
    return [
      "ChallengeName": .string(name),
      "ChallengeParameters": [
        "SRP_B": .string(publicB.hex), "SALT": .string(salt.hex), "SECRET_BLOCK": "c2VjcmV0IGJsb2Nr",
        "USERNAME": .string(Self.username), "USER_ID_FOR_SRP": .string(Self.username),
      ],
    ]
  }

  private func respond(_ call: Call, _ state: inout State) throws -> JSONValue {
    let texts = call.texts
    guard texts["USERNAME"] != nil else { throw CognitoError(.invalidParameter, "USERNAME") }
    switch call.body["ChallengeName"]?.string ?? "" {
    case "PASSWORD_VERIFIER":
      try checkClaim(texts, &state)
      return texts["DEVICE_KEY"] == nil ? next(&state) : deviceChallenge(&state)
    case "DEVICE_SRP_AUTH":
      guard let device, let deviceKey, let groupKey, texts["DEVICE_KEY"] == deviceKey else {
        throw CognitoError(.resourceNotFound, "Device does not exist.")
      }
      return try begin("DEVICE_PASSWORD_VERIFIER", texts, device.verifier, device.salt, groupKey, deviceKey, &state)
    case "DEVICE_PASSWORD_VERIFIER":
      try checkClaim(texts, &state)
      return done(&state)
    case "SELECT_CHALLENGE" where texts["ANSWER"] == "PASSWORD_SRP", "PASSWORD_SRP":
      return try verifier(texts, &state)
    case let name:
      guard let pending = state.pending, pending.name == name else {
        throw CognitoError(.notAuthorized, "No such challenge is open")
      }
      try checkSession(call, &state)
      guard pending.accepts(texts) else {
        // The session may be used again after a wrong code.
        state.session -= 1
        throw CognitoError(.codeMismatch, "Invalid code received for user")
      }
      return next(&state)
    }
  }

  private func deviceChallenge(_ state: inout State) -> JSONValue {
    ["ChallengeName": "DEVICE_SRP_AUTH", "ChallengeParameters": [:], "Session": .string(nextSession(&state))]
  }

  private func checkClaim(_ texts: [String: String], _ state: inout State) throws {
    guard let exchange = state.exchange else { throw CognitoError(.notAuthorized, "no exchange") }
    state.exchange = nil
    let n = SRPGroup.n
    let u = SRP.u(publicA: exchange.publicA, publicB: exchange.publicB)
    let base = exchange.publicA.multiplying(by: SRPGroup.power(exchange.verifier, u), modulo: n)
    let key = SRP.sessionKey(sharedS: SRPGroup.power(base, exchange.b), u: u)
    let expected = PasswordClaim.signature(
      key: key, poolName: exchange.poolName, userID: exchange.userID, secretBlock: Array("secret block".utf8),
      timestamp: PasswordClaim.timestamp(Date(timeIntervalSince1970: Double(Self.now))))
    guard texts["PASSWORD_CLAIM_SIGNATURE"] == expected, texts["PASSWORD_CLAIM_SECRET_BLOCK"] == "c2VjcmV0IGJsb2Nr"
    else { throw CognitoError(.notAuthorized, "Incorrect username or password.") }
  }

  private func next(_ state: inout State) -> JSONValue {
    guard !state.script.isEmpty else { return done(&state) }
    let challenge = state.script.removeFirst()
    state.pending = challenge
    if challenge.name == "DEVICE_SRP_AUTH" { return deviceChallenge(&state) }
    return [
      "ChallengeName": .string(challenge.name),
      "ChallengeParameters": .object(challenge.parameters.mapValues(JSONValue.string)),
      "AvailableChallenges": .array(challenge.available.map(JSONValue.string)),
      "Session": .string(nextSession(&state)),
    ]
  }

  private func done(_ state: inout State) -> JSONValue {
    var result = issuer.result(username: Self.username, now: Self.now, refreshToken: "refresh-1").object ?? [:]
    result["NewDeviceMetadata"] = state.newDevice
    for (name, use, more) in [
      ("IdToken", "id", state.idTokenClaims), ("AccessToken", "access", state.accessTokenClaims),
    ] where !more.isEmpty {
      result[name] = .string(issuer.token(use: use, username: Self.username, now: Self.now, more: more))
    }
    return ["AuthenticationResult": .object(result), "ChallengeParameters": [:]]
  }
}
