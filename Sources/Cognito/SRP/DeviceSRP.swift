import SystemSupport

/// What ConfirmDevice stores in the pool for a remembered device, and the password that the device keeps.
package struct DeviceVerifier: Sendable {
  /// The device's own random password; the pool never sees it.
  package let password: Secret
  package let salt: BigNumber
  package let verifier: BigNumber

  /// Draws a new password of 40 random bytes and a salt of 16.
  package init(groupKey: String, deviceKey: String) {
    var random = SecureRandom.bytes(40)
    defer { wipe(&random) }
    self.init(
      groupKey: groupKey, deviceKey: deviceKey, password: Secret(utf8: Base64.encode(random)),
      salt: BigNumber(bytes: SecureRandom.bytes(16)))
  }

  package init(groupKey: String, deviceKey: String, password: Secret, salt: BigNumber) {
    self.password = password
    self.salt = salt
    // The same maths as for a user, with the group key in place of the pool's name.
    verifier = SRP.verifier(x: SRP.x(poolName: groupKey, userID: deviceKey, password: password, salt: salt))
  }

  /// DeviceSecretVerifierConfig.PasswordVerifier.
  package var encodedVerifier: String { Base64.encode(verifier.padded) }

  /// DeviceSecretVerifierConfig.Salt.
  package var encodedSalt: String { Base64.encode(salt.padded) }
}
