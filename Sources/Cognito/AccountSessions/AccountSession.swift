import FoundationEssentials

/// A session of a user as a pool that tracks sessions knows it: where and when somebody signed in to the account, and
/// who went on from there. Not to be mistaken for ``UserSession``, which holds the tokens of one here.
public struct AccountSession: Sendable, Hashable, Identifiable {
  /// What a session comes from. Values that a later version of the service adds stay readable.
  public struct Kind: RawRepresentable, Sendable, Hashable {
    /// The service's word for it (SessionType).
    public let rawValue: String
    /// - Parameter rawValue: the service's word for it.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// An app's session, tied to one refresh token.
    public static let token = Kind(rawValue: "TOKEN")
    /// A browser's session with the pool's own pages, which lets the user into several apps.
    public static let singleSignOn = Kind(rawValue: "SSO")
  }

  /// Where the last activity came from, by its address.
  public struct Location: Sendable, Hashable {
    /// The city; `nil` when it isn't known.
    public let city: String?
    /// The country's English name; `nil` when it isn't known.
    public let country: String?

    /// - Parameters:
    ///   - city: the city.
    ///   - country: the country's English name.
    public init(city: String? = nil, country: String? = nil) {
      self.city = city
      self.country = country
    }
  }

  /// The pool's id of it: 28 characters, `tkn…` or `sso…`.
  public let id: String
  /// What it comes from.
  public let kind: Kind
  /// The app client that it belongs to.
  public let clientID: String?
  /// When it began.
  public let created: Date?
  /// When tokens were last renewed; of a browser's session, when it was last used.
  public let lastActive: Date?
  /// What the service makes of the user agent of the last activity: program and system (``UserAgent``).
  public let device: String?
  /// Where the last activity came from.
  public let ipAddress: String?
  /// The same as a place.
  public let location: Location?
  /// The browser's session that an app's session came from; `nil` for sign-ins by the API.
  public let originSessionID: String?
  /// Whether it is the session of the access token that asked. Never for an administrator.
  public let isCurrent: Bool

  /// A session, for tests of programs that list sessions.
  ///
  /// - Parameters:
  ///   - id: the pool's id of it.
  ///   - kind: what it comes from.
  ///   - clientID: the app client that it belongs to.
  ///   - created: when it began.
  ///   - lastActive: when it was last used.
  ///   - device: what the service makes of the user agent.
  ///   - ipAddress: where the last activity came from.
  ///   - location: the same as a place.
  ///   - originSessionID: the browser's session that it came from.
  ///   - isCurrent: whether it is the session of the access token that asked.
  public init(
    id: String, kind: Kind = .token, clientID: String? = nil, created: Date? = nil, lastActive: Date? = nil,
    device: String? = nil, ipAddress: String? = nil, location: Location? = nil, originSessionID: String? = nil,
    isCurrent: Bool = false
  ) {
    self.id = id
    self.kind = kind
    self.clientID = clientID
    self.created = created
    self.lastActive = lastActive
    self.device = device
    self.ipAddress = ipAddress
    self.location = location
    self.originSessionID = originSessionID
    self.isCurrent = isCurrent
  }

  package init(_ wire: JSONValue) throws(CognitoError) {
    guard let id = wire["SessionId"]?.string, let kind = wire["SessionType"]?.string else {
      throw CognitoError(.malformedResponse, "The service described a session without id or type.")
    }
    self.init(
      id: id, kind: Kind(rawValue: kind), clientID: wire["ClientId"]?.string, created: wire.date("CreateDate"),
      lastActive: wire.date("LastActiveDate"), device: wire["DeviceType"]?.string,
      ipAddress: wire["LastIPAddress"]?.string, location: Self.location(wire["LastLocation"]),
      originSessionID: wire["OriginSessionId"]?.string, isCurrent: wire["IsCurrentSession"]?.bool ?? false)
  }

  private static func location(_ wire: JSONValue?) -> Location? {
    let place = Location(city: wire?["City"]?.string, country: wire?["Country"]?.string)
    return place == Location() ? nil : place
  }
}
