import FoundationEssentials
import SystemSupport

extension SignIn {
  /// Answers the challenges that need no user; `nil` for all others.
  func automaticResponse(to challenge: Challenge) async throws(CognitoError) -> JSONValue? {
    switch challenge.name {
    case "PASSWORD_VERIFIER": return try await provePassword(challenge)
    case "PASSWORD_SRP":
      guard password != nil else { return nil }
      return try await send(["SRP_A": freshA()], to: challenge.name)
    case "PASSWORD":
      // A server that asks for the password in place of its proof doesn't get it unasked.
      guard case .choice(.password, let password?, _, _) = method else { return nil }
      return try await send(["PASSWORD": client.text(password)], to: challenge.name)
    case "DEVICE_SRP_AUTH":
      guard device != nil else { throw unexpected(challenge, "no remembered device was given") }
      return try await forgettingUnknownDevice { try await send(["SRP_A": freshA()], to: challenge.name) }
    case "DEVICE_PASSWORD_VERIFIER": return try await proveDevice(challenge)
    default: return nil
    }
  }

  private func provePassword(_ challenge: Challenge) async throws(CognitoError) -> JSONValue {
    guard let password else { throw unexpected(challenge, "no password was given") }
    let told = challenge.parameters["USER_ID_FOR_SRP"]
    let userID = if let told { told } else { try challenge.required("USERNAME") }
    let responses = try claim(challenge, poolName: client.pool.name, userID: userID, password: password)
    return try await forgettingUnknownDevice { try await send(responses, to: challenge.name) }
  }

  private func proveDevice(_ challenge: Challenge) async throws(CognitoError) -> JSONValue {
    guard let device else { throw unexpected(challenge, "no remembered device was given") }
    let responses = try claim(
      challenge, poolName: device.groupKey, userID: device.key, password: device.password)
    do {
      return try await forgettingUnknownDevice { try await send(responses, to: challenge.name) }
    } catch  where error.code == .notAuthorized {
      // What is kept of the device is out of date: the second factor will do.
      return try await startWithoutDevice(after: error)
    }
  }

  /// The password claim, for a user or a device.
  private func claim(
    _ challenge: Challenge, poolName: String, userID: String, password: Secret
  ) throws(CognitoError) -> [String: String] {
    guard let srp else { throw unexpected(challenge, "no SRP exchange was begun") }
    // One A proves one password: the next proof makes its own.
    self.srp = nil
    let secretBlock = try challenge.required("SECRET_BLOCK")
    guard let publicB = BigNumber(hex: try challenge.required("SRP_B")),
      let salt = BigNumber(hex: try challenge.required("SALT")), let block = Base64.decodeLenient(secretBlock)
    else { throw CognitoError(.malformedResponse, "The challenge \(challenge.name) has malformed numbers.") }
    var key = try srp.sessionKey(
      poolName: poolName, userID: userID, password: password, salt: salt, publicB: publicB)
    defer { wipe(&key) }
    let timestamp = PasswordClaim.timestamp(client.service.settings.now())
    return [
      "PASSWORD_CLAIM_SECRET_BLOCK": secretBlock,
      "PASSWORD_CLAIM_SIGNATURE": PasswordClaim.signature(
        key: key, poolName: poolName, userID: userID, secretBlock: block, timestamp: timestamp),
      "TIMESTAMP": timestamp,
    ]
  }

  /// A device that was forgotten in the pool must not lock its user out: go on without it.
  func forgettingUnknownDevice(_ body: () async throws -> JSONValue) async throws(CognitoError)
    -> JSONValue
  {
    do {
      return try await body()
    } catch {
      let error = CognitoError(ofCallback: error)
      guard error.code == .resourceNotFound, device != nil, error.message.lowercased().contains("device") else {
        throw error
      }
      return try await startWithoutDevice(after: error)
    }
  }

  /// From the start: the challenge at hand may be bound to the device.
  private func startWithoutDevice(after error: CognitoError) async throws(CognitoError) -> JSONValue {
    guard let method else { throw error }
    device = nil
    deviceWasForgotten = true
    username = typedUsername
    session = nil
    return try await initiate(method)
  }

  private func unexpected(_ challenge: Challenge, _ why: String) -> CognitoError {
    CognitoError(.malformedResponse, "The service asks for \(challenge.name), but \(why).")
  }
}
