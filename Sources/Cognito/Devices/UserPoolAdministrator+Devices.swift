extension UserPoolAdministrator {
  /// A user's devices (AdminListDevices), fetched page by page.
  ///
  /// - Parameters:
  ///   - username: or an alias.
  ///   - pageSize: 1 to 60.
  public func devices(of username: String, pageSize: Int = 60) -> PagedSequence<Device> {
    pages(
      "AdminListDevices", ["Username": .string(username), "Limit": .int(Int64(pageSize))], list: "Devices",
      tokenName: "PaginationToken"
    ) { wire in try Device(wire) }
  }

  /// One device of a user (AdminGetDevice).
  ///
  /// - Parameters:
  ///   - key: ``Device/key``.
  ///   - username: the user's, or an alias.
  /// - Throws: ``CognitoError``, such as ``CognitoError/Code/resourceNotFound``.
  public func device(_ key: String, of username: String) async throws(CognitoError) -> Device {
    let output = try await call("AdminGetDevice", user: username, ["DeviceKey": .string(key)])
    return try Device(output["Device"] ?? .null)
  }

  /// Says whether a device may replace the second factor (AdminUpdateDeviceStatus).
  ///
  /// - Parameters:
  ///   - key: ``Device/key``.
  ///   - username: the user's, or an alias.
  ///   - remembered: whether it may.
  /// - Throws: ``CognitoError``.
  public func setDevice(_ key: String, of username: String, remembered: Bool) async throws(CognitoError) {
    try await call(
      "AdminUpdateDeviceStatus", user: username,
      ["DeviceKey": .string(key), "DeviceRememberedStatus": remembered ? "remembered" : "not_remembered"])
  }

  /// Makes the pool forget a device of a user (AdminForgetDevice).
  ///
  /// - Parameters:
  ///   - key: ``Device/key``.
  ///   - username: the user's, or an alias.
  /// - Throws: ``CognitoError``.
  public func forgetDevice(_ key: String, of username: String) async throws(CognitoError) {
    try await call("AdminForgetDevice", user: username, ["DeviceKey": .string(key)])
  }
}
