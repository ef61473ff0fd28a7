import FoundationEssentials

/// An app client of a pool, as its administrators see it.
public struct AppClient: Sendable {
  /// The client id.
  public let id: String
  /// The client secret, if it has one.
  public let secret: Secret?
  /// Everything that can be set.
  public let settings: AppClientSettings
  /// When it was made.
  public let created: Date?
  /// When it was last changed.
  public let lastModified: Date?

  /// What the client is called.
  public var name: String? { settings.name }

  /// - Parameters:
  ///   - id: the client id.
  ///   - secret: the client secret, if it has one.
  ///   - settings: everything that can be set.
  ///   - created: when it was made.
  ///   - lastModified: when it was last changed.
  public init(
    id: String, secret: Secret? = nil, settings: AppClientSettings, created: Date? = nil, lastModified: Date? = nil
  ) {
    self.id = id
    self.secret = secret
    self.settings = settings
    self.created = created
    self.lastModified = lastModified
  }

  package init(_ wire: JSONValue?) throws(CognitoError) {
    guard let wire, let members = wire.object, let id = wire["ClientId"]?.string else {
      throw CognitoError(.malformedResponse, "The service described an app client without an id.")
    }
    self.id = id
    secret = wire["ClientSecret"]?.string.map { Secret(utf8: $0) }
    settings = AppClientSettings(described: members)
    created = wire.date("CreationDate")
    lastModified = wire.date("LastModifiedDate")
  }
}
