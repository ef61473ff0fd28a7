extension SignedInUser {
  /// What confirming a device gives.
  public struct ConfirmedDevice: Sendable, Hashable {
    /// What the device keeps, for ``UserPoolClient/signIn(_:device:metadata:)``. Its password is a secret.
    public let device: RememberedDevice
    /// Whether the user must still be asked: ``SignedInUser/setDevice(_:remembered:)``. Until then the device replaces
    /// no second factor.
    public let needsUserConfirmation: Bool

    /// - Parameters:
    ///   - device: what the device keeps.
    ///   - needsUserConfirmation: whether the user must still be asked.
    public init(device: RememberedDevice, needsUserConfirmation: Bool = false) {
      self.device = device
      self.needsUserConfirmation = needsUserConfirmation
    }
  }

  /// Confirms a device that the pool has begun to track (ConfirmDevice): makes a password for it, of which the pool
  /// gets the SRP verifier alone. From then on the session can be renewed.
  ///
  /// - Parameters:
  ///   - device: ``SignInResult/newDevice``.
  ///   - name: what the user sees in lists, such as ``NewDevice/suggestedName(for:)``.
  /// - Throws: ``CognitoError``.
  public func confirm(_ device: NewDevice, name: String) async throws(CognitoError) -> ConfirmedDevice {
    try await confirm(device, name: name, verifier: DeviceVerifier(groupKey: device.groupKey, deviceKey: device.key))
  }

  package func confirm(
    _ device: NewDevice, name: String, verifier: DeviceVerifier
  ) async throws(CognitoError) -> ConfirmedDevice {
    let output = try await call(
      "ConfirmDevice",
      [
        "DeviceKey": .string(device.key), "DeviceName": .string(name),
        "DeviceSecretVerifierConfig": [
          "PasswordVerifier": .string(verifier.encodedVerifier), "Salt": .string(verifier.encodedSalt),
        ],
      ])
    return ConfirmedDevice(
      device: RememberedDevice(key: device.key, groupKey: device.groupKey, password: verifier.password),
      needsUserConfirmation: output["UserConfirmationNecessary"]?.bool ?? false)
  }

  /// Says whether a device may replace the second factor (UpdateDeviceStatus).
  ///
  /// - Parameters:
  ///   - key: ``Device/key``.
  ///   - remembered: whether it may.
  /// - Throws: ``CognitoError``.
  public func setDevice(_ key: String, remembered: Bool) async throws(CognitoError) {
    try await call(
      "UpdateDeviceStatus",
      ["DeviceKey": .string(key), "DeviceRememberedStatus": remembered ? "remembered" : "not_remembered"])
  }

  /// Makes the pool forget a device (ForgetDevice).
  ///
  /// - Throws: ``CognitoError``.
  public func forgetDevice(_ key: String) async throws(CognitoError) {
    try await call("ForgetDevice", ["DeviceKey": .string(key)])
  }

  /// One device (GetDevice).
  ///
  /// - Throws: ``CognitoError``, such as ``CognitoError/Code/resourceNotFound``.
  public func device(_ key: String) async throws(CognitoError) -> Device {
    try Device(await call("GetDevice", ["DeviceKey": .string(key)])["Device"] ?? .null)
  }

  /// The user's devices (ListDevices), fetched page by page.
  public var devices: PagedSequence<Device> {
    pages("ListDevices", list: "Devices", tokenName: "PaginationToken") { wire in try Device(wire) }
  }
}

extension UserPoolClient {
  /// Confirms the device of a sign-in, if the pool has begun to track one: without this its tokens can't be renewed.
  ///
  /// - Parameters:
  ///   - result: of the sign-in.
  ///   - name: what the user sees in lists, such as ``NewDevice/suggestedName(for:)``.
  /// - Returns: what the device keeps, for the next sign-in; `nil` when there was nothing to confirm.
  /// - Throws: ``CognitoError``. The tokens are good until they expire all the same.
  @discardableResult
  public func confirmNewDevice(
    of result: SignInResult, name: String
  ) async throws(CognitoError) -> SignedInUser.ConfirmedDevice? {
    guard let device = result.newDevice else { return nil }
    return try await user(result.tokens).confirm(device, name: name)
  }
}
