import FoundationEssentials

/// A device that the pool tracks.
public struct Device: Sendable, Hashable {
  /// The pool's key for it.
  public let key: String
  /// What the device tells of itself: `device_status`, `device_name`, `last_ip_used`.
  public let attributes: UserAttributes
  /// When it was first seen.
  public let created: Date?
  /// When it was last changed.
  public let lastModified: Date?
  /// When somebody last signed in with it.
  public let lastAuthenticated: Date?

  /// The name that it was confirmed with.
  public var name: String? { attributes["device_name"] }

  /// - Parameters:
  ///   - key: the pool's key for it.
  ///   - attributes: what the device tells of itself.
  ///   - created: when it was first seen.
  ///   - lastModified: when it was last changed.
  ///   - lastAuthenticated: when somebody last signed in with it.
  public init(
    key: String, attributes: UserAttributes = [:], created: Date? = nil, lastModified: Date? = nil,
    lastAuthenticated: Date? = nil
  ) {
    self.key = key
    self.attributes = attributes
    self.created = created
    self.lastModified = lastModified
    self.lastAuthenticated = lastAuthenticated
  }

  package init(_ wire: JSONValue) throws(CognitoError) {
    guard let key = wire["DeviceKey"]?.string else {
      throw CognitoError(.malformedResponse, "The service described a device without a key.")
    }
    self.key = key
    attributes = try UserAttributes(wire: wire["DeviceAttributes"])
    created = wire.date("DeviceCreateDate")
    lastModified = wire.date("DeviceLastModifiedDate")
    lastAuthenticated = wire.date("DeviceLastAuthenticatedDate")
  }
}
