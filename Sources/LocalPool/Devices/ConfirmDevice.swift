import Cognito

/// Takes the salt and verifier of the password that a new device made for itself.
enum ConfirmDevice: PoolOperation {
  static let name = "ConfirmDevice"
  static let access = OperationAccess.accessToken

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let caller = try request.requireCaller()
    let settings = caller.pool.settings
    try DeviceActions.requireTracking(caller.pool)
    let verifier = try verifier(try request.input.object("DeviceSecretVerifierConfig"))
    let name = try request.input.optionalString("DeviceName")
    // Where users are asked first, the device stays unremembered until UpdateDeviceStatus says otherwise.
    let asksUser = settings.deviceConfiguration?.deviceOnlyRememberedOnUserPrompt ?? false
    try DeviceActions.change(
      try request.input.string("DeviceKey"), of: caller.user, request.context
    ) { device in
      guard !device.isConfirmed else {
        throw PoolException("DeviceKeyExistsException", "Device already confirmed: \(device.key)")
      }
      device.password = verifier
      device.name = name
      device.isRemembered = !asksUser
    }
    return ["UserConfirmationNecessary": .bool(asksUser)]
  }

  private static func verifier(_ config: OperationInput) throws -> PasswordVerifier {
    let shown = (verifier: try config.string("PasswordVerifier"), salt: try config.string("Salt"))
    // Numbers of any length would have to be reckoned with; the group's have 384 bytes.
    guard shown.verifier.utf8.count <= 2048, shown.salt.utf8.count <= 1024,
      let verifier = Base64.decode(shown.verifier), let salt = Base64.decode(shown.salt)
    else { throw PoolException.invalidParameter("DeviceSecretVerifierConfig is not in base 64.") }
    let number = BigNumber(bytes: verifier)
    guard number == number.reduced(modulo: SRPGroup.n), !number.isZero, !salt.isEmpty else {
      throw PoolException.invalidParameter("DeviceSecretVerifierConfig holds no verifier of the SRP group.")
    }
    return PasswordVerifier(salt: BigNumber(bytes: salt).bytes, verifier: number.bytes)
  }
}
