/// The `AuthenticationResult` of the service, as it came: the tokens are not verified yet.
package struct AuthenticationResult: Sendable {
  package let idToken: String
  package let accessToken: String
  package let refreshToken: Secret?
  package let newDevice: NewDevice?

  /// - Throws: ``CognitoError/Code/malformedResponse``.
  package init(_ json: JSONValue) throws(CognitoError) {
    guard let id = json["IdToken"]?.string, let access = json["AccessToken"]?.string else {
      throw CognitoError(.malformedResponse, "The service's answer lacks a token.")
    }
    idToken = id
    accessToken = access
    refreshToken = json["RefreshToken"]?.string.map(Secret.init(utf8:))
    newDevice = try json["NewDeviceMetadata"].flatMap { (metadata) throws(CognitoError) -> NewDevice? in
      metadata == .null ? nil : try NewDevice(metadata)
    }
  }
}

/// A device that the pool has just begun to track. It counts once it is confirmed.
public struct NewDevice: Sendable, Hashable {
  /// The device's key.
  public let key: String
  /// The key of its group, part of what it proves at sign-in.
  public let groupKey: String

  /// - Parameters:
  ///   - key: the device's key.
  ///   - groupKey: the key of its group.
  public init(key: String, groupKey: String) {
    self.key = key
    self.groupKey = groupKey
  }

  init(_ json: JSONValue) throws(CognitoError) {
    guard let key = json["DeviceKey"]?.string, let groupKey = json["DeviceGroupKey"]?.string, !key.isEmpty,
      key.utf8.count <= 128, !groupKey.isEmpty, groupKey.utf8.count <= 128
    else { throw CognitoError(.malformedResponse, "The service described a new device without its keys.") }
    self.init(key: key, groupKey: groupKey)
  }
}
