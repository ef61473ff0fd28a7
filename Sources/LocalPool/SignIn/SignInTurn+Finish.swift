import Cognito
import FoundationEssentials

extension SignInTurn {
  /// The last step: tokens. Everything that the sign-in changes is committed before they are handed out.
  mutating func finish() throws -> JSONValue {
    let user = try requireUser()
    guard !lacksLevel else { throw PoolException.notAuthorized("The sign-in hasn't reached the level asked for.") }
    if state.isHosted { return try finishHosted(user) }
    let groups = try context.store.read { try $0.groups.groups(of: user.id) }
    var grant = TokenGrant(
      user: user, pool: pool, client: client, groups: groups, originJti: context.random.uuid(),
      authTime: context.clock.epoch, eventID: request.requestID)
    grant.clientMetadata = metadata
    grant.triggerSource = "TokenGeneration_\(tokenOccasion)"
    grant.strength = AuthenticationStrength(state.methods, in: pool)
    let newDevice = try trackDevice(user)
    grant.deviceKey = newDevice?.key ?? state.deviceKey
    try runPostAuthentication(user, isNewDevice: newDevice != nil)
    let pair = try TokenIssuer.issue(grant, context)
    let refreshToken = RefreshTokens.make(originJti: grant.originJti, context)
    let record = RefreshTokens.record(of: refreshToken, grant, context)
    let (visitor, pool, context) = (Visitor(request), pool, context)
    try commit { transaction in
      try transaction.refreshTokens.insert(record)
      try UserSessions.begin(record, by: visitor, in: pool, context, transaction)
      if user.lockout != .none { try transaction.users.setLockout(.none, of: user.id) }
      if let newDevice { try transaction.devices.save(newDevice) }
    }
    var result = TokenAnswer.members(of: pair)
    result["RefreshToken"] = .string(refreshToken)
    if let newDevice {
      result["NewDeviceMetadata"] = .object([
        "DeviceKey": .string(newDevice.key), "DeviceGroupKey": .string(newDevice.groupKey),
      ])
    }
    return .object(["AuthenticationResult": .object(result), "ChallengeParameters": .object([:])])
  }

  /// What the PreTokenGeneration trigger is told of how it came to tokens.
  private var tokenOccasion: String {
    switch answered?.challenge {
    case .newPasswordRequired: "NewPasswordChallenge"
    case .devicePasswordVerifier: "AuthenticateDevice"
    default: "Authentication"
    }
  }

  /// What a sign-in on the pages ends with in place of tokens: who it was.
  static let hostedUser = "HostedUser"
  /// And how they showed it.
  static let hostedLevel = "HostedLevel"
  static let hostedMethods = "HostedMethods"

  private func finishHosted(_ user: UserRecord) throws -> JSONValue {
    try runPostAuthentication(user, isNewDevice: false)
    try commit { if user.lockout != .none { try $0.users.setLockout(.none, of: user.id) } }
    let strength = AuthenticationStrength(state.methods, in: pool)
    return .fields([
      Self.hostedUser: .int(user.id), Self.hostedLevel: strength.acr.map { .string($0) },
      Self.hostedMethods: .texts(strength.amr),
    ])
  }

  /// A device of its own for a sign-in without a device key, in a pool that tracks devices.
  private mutating func trackDevice(_ user: UserRecord) throws -> DeviceRecord? {
    guard pool.settings.tracksDevices else {
      state.deviceKey = nil
      return nil
    }
    if state.deviceKey != nil { return nil }
    return DeviceRecord(
      poolID: pool.id, userID: user.id, key: pool.region + "_" + context.random.uuid(),
      groupKey: DeviceGroup.key(of: pool), lastIP: request.sourceAddress, createdAt: context.clock.now)
  }

  private func runPostAuthentication(_ user: UserRecord, isNewDevice: Bool) throws {
    guard context.triggers.has(.postAuthentication, pool) else { return }
    var event = TriggerEvent(
      trigger: .postAuthentication, source: "PostAuthentication_Authentication", pool: pool, clientID: client.id,
      username: user.username)
    event.request = [
      "userAttributes": TriggerAttributes.of(user, in: pool), "newDeviceUsed": .bool(isNewDevice),
    ]
    event.add(metadata)
    _ = try context.triggers.run(event)
  }
}
