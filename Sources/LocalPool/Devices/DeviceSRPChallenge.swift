import Cognito

/// DEVICE_SRP_AUTH: a remembered device proves with a password of its own, by SRP, that it is that device. It takes the place
/// of a second factor where the pool says so (ChallengeRequiredOnNewDevice), else it comes after it.
enum DeviceSRPChallenge: ChallengeAnswer {
  /// The challenge, if the sign-in named a device that is confirmed and remembered; nil otherwise.
  /// Throws ResourceNotFoundException for a device that the user doesn't have: clients then forget it and begin anew.
  static func askIfRemembered(_ turn: inout SignInTurn) throws -> JSONValue? {
    guard let key = turn.state.deviceKey, turn.pool.settings.tracksDevices else { return nil }
    let device = try device(key, turn)
    guard device.isConfirmed, device.isRemembered else { return nil }
    let answer = try turn.challenge(
      .deviceSRPAuth, ["DEVICE_KEY": .string(key), "USERNAME": .string(turn.state.username)])
    turn.context.deviceSignIns.remember(turn.state, now: turn.context.clock.epoch)
    return answer
  }

  static func answer(_ turn: inout SignInTurn) throws -> SignInOutcome {
    let device = try device(try key(turn), turn)
    guard let password = device.password else { throw PoolException.incorrectPassword }
    guard let publicA = SRPServer.publicValue(hex: try turn.response("SRP_A")) else {
      throw PoolException.invalidParameter("Invalid SRP_A")
    }
    let exchange = try SRPServer.exchange(publicA: publicA, password: password, turn.context)
    turn.state.sessionKey = Base64.encode(exchange.sessionKey)
    return .asks(
      try turn.secretBlockChallenge(
        .devicePasswordVerifier,
        [
          "SRP_B": .string(exchange.publicB.hex), "SALT": .string(BigNumber(bytes: password.salt).hex),
          "USERNAME": .string(turn.state.username), "DEVICE_KEY": .string(device.key),
        ]))
  }

  /// The key of the device that this sign-in is about; the response must name the same.
  static func key(_ turn: SignInTurn) throws -> String {
    let key = try turn.response("DEVICE_KEY")
    guard key == turn.state.deviceKey else { throw PoolException.incorrectPassword }
    return key
  }

  static func device(_ key: String, _ turn: SignInTurn) throws -> DeviceRecord {
    let user = try turn.requireUser()
    guard let device = try turn.context.store.read({ try $0.devices.find(key, of: user.id) }) else {
      throw PoolException.resourceNotFound("Device does not exist.")
    }
    return device
  }
}

/// DEVICE_PASSWORD_VERIFIER: the device's proof. Group key and device key stand where a user's has pool name and user id.
enum DevicePasswordVerifierChallenge: ChallengeAnswer {
  static func answer(_ turn: inout SignInTurn) throws -> SignInOutcome {
    var device = try DeviceSRPChallenge.device(try DeviceSRPChallenge.key(turn), turn)
    guard try PasswordClaimCheck.isRight(turn, poolName: device.groupKey, userID: device.key) else {
      throw PoolException.incorrectPassword
    }
    turn.state.sessionKey = nil
    device.lastAuthenticatedAt = turn.context.clock.now
    device.lastIP = turn.request.sourceAddress
    let seen = device
    turn.writes.append { try $0.devices.save(seen) }
    return .passed(.device)
  }
}
