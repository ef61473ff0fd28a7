/// What a confirmed device keeps to sign in with, in place of a second factor.
///
/// Keep it under its ``DeviceStorageKey``, which has the pool's own name for the user, never what was typed.
public struct RememberedDevice: Sendable, Hashable {
  /// The device's key.
  public let key: String
  /// The key of its group.
  public let groupKey: String
  /// The device's own password, made when it was confirmed.
  public let password: Secret

  /// - Parameters:
  ///   - key: the device's key.
  ///   - groupKey: the key of its group.
  ///   - password: the device's own password.
  public init(key: String, groupKey: String, password: Secret) {
    self.key = key
    self.groupKey = groupKey
    self.password = password
  }

  /// Hashes the key alone; the password is a secret.
  public func hash(into hasher: inout Hasher) { hasher.combine(key) }
}
