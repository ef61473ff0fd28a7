import FoundationEssentials

extension SignIn {
  /// InitiateAuth, or AdminInitiateAuth.
  func initiate(_ method: SignInMethod) async throws(CognitoError) -> JSONValue {
    var parameters = ["USERNAME": username]
    // Only what changes nothing when it is done twice may be sent twice.
    var isRepeatable = false
    switch method {
    case .srp:
      parameters["SRP_A"] = freshA()
      isRepeatable = true
    case .password(let password), .adminPassword(let password):
      parameters["PASSWORD"] = try client.text(password)
    case .custom(let password):
      if password != nil {
        parameters["CHALLENGE_NAME"] = "SRP_A"
        parameters["SRP_A"] = freshA()
      }
    case .choice(let preferred, let password, _, let stepUp):
      parameters["PREFERRED_CHALLENGE"] = preferred?.rawValue
      if preferred == .passwordSRP { parameters["SRP_A"] = freshA() }
      if preferred == .password, let password { parameters["PASSWORD"] = try client.text(password) }
      if let stepUp { parameters.merge(try stepUp.parameters()) { _, last in last } }
    }
    var body: [String: JSONValue] = ["AuthFlow": .string(method.flow), "ClientId": .string(client.clientID)]
    body["AuthParameters"] = .object(complete(parameters))
    if !metadata.isEmpty { body["ClientMetadata"] = .object(metadata.mapValues(JSONValue.string)) }
    if case .choice(_, _, let session?, _) = method { body["Session"] = .string(session) }
    return try await call("InitiateAuth", body, repeatable: isRepeatable)
  }

  /// RespondToAuthChallenge, or AdminRespondToAuthChallenge. It is never sent twice: a session is good for one use.
  func send(_ responses: [String: String], to challenge: String) async throws(CognitoError) -> JSONValue {
    var body: [String: JSONValue] = ["ChallengeName": .string(challenge), "ClientId": .string(client.clientID)]
    body["ChallengeResponses"] = .object(complete(responses.merging(["USERNAME": username]) { _, name in name }))
    body["Session"] = session.map(JSONValue.string)
    if !metadata.isEmpty { body["ClientMetadata"] = .object(metadata.mapValues(JSONValue.string)) }
    return try await once { () async throws(CognitoError) in
      try await call("RespondToAuthChallenge", body, repeatable: false)
    }
  }

  /// A session is good for one use: when nobody knows whether this was it, answering again would be told that the session is
  /// wrong, which sounds like a refusal.
  func once(_ send: () async throws(CognitoError) -> JSONValue) async throws(CognitoError) -> JSONValue {
    do {
      return try await send()
    } catch {
      guard error.code.leavesOutcomeOpen else { throw error }
      (challenge, session) = (nil, nil)
      throw error
    }
  }

  /// Adds what goes with every user name: the secret hash over that name, and the device.
  private func complete(_ parameters: [String: String]) -> [String: JSONValue] {
    var parameters = parameters.mapValues(JSONValue.string)
    parameters["SECRET_HASH"] = client.secretHash(for: username).map(JSONValue.string)
    parameters["DEVICE_KEY"] = device.map { .string($0.key) }
    return parameters
  }

  private func call(_ operation: String, _ body: [String: JSONValue], repeatable: Bool) async throws(CognitoError)
    -> JSONValue
  {
    var body = body
    var operation = operation
    if case .adminPassword = method {
      operation = "Admin" + operation
      body["UserPoolId"] = .string(client.pool.id)
    }
    return try await client.service.call(operation, .object(body), repeatable: repeatable)
  }

  /// A new `a` for every exchange.
  func freshA() -> String {
    let exchange = newSRP()
    srp = exchange
    return exchange.publicA.hex
  }
}
