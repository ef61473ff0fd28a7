/// The end of a sign-in.
public struct SignInResult: Sendable {
  /// The user's tokens, verified.
  public let tokens: TokenSet
  /// A device that the pool has begun to track for this sign-in. Until it is confirmed the pool renews nothing: see
  /// ``mustConfirmDevice``.
  public let newDevice: NewDevice?
  /// Whether the pool no longer knows the device that was given: delete what is kept of it.
  public let deviceWasForgotten: Bool

  /// Whether the session ends with its first tokens (after an hour, mostly) unless the new device is confirmed now:
  /// pools that track devices answer a renewal with "Invalid Refresh Token" before that. ``SignedInUser/confirm(_:name:)``
  /// and ``UserPoolClient/confirmNewDevice(of:name:)`` do it.
  public var mustConfirmDevice: Bool { newDevice != nil }

  /// - Parameters:
  ///   - tokens: the user's tokens.
  ///   - newDevice: a device that the pool has begun to track.
  ///   - deviceWasForgotten: whether the pool no longer knows the device that was given.
  public init(tokens: TokenSet, newDevice: NewDevice? = nil, deviceWasForgotten: Bool = false) {
    self.tokens = tokens
    self.newDevice = newDevice
    self.deviceWasForgotten = deviceWasForgotten
  }
}
