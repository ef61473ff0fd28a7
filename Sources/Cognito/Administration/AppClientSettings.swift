/// The settings of an app client. Those that have no property here, and those that a later version of the service
/// adds, are kept as well and can be reached by their names.
public struct AppClientSettings: Sendable, Hashable {
  private(set) var members: [String: JSONValue]

  /// - Parameter name: what the client is called; 1 to 128 characters.
  public init(name: String) {
    members = ["ClientName": .string(name)]
  }

  /// What the service says of a client, less what can't be set.
  init(described members: [String: JSONValue]) {
    self.members = members
    for name in ["UserPoolId", "ClientId", "ClientSecret", "CreationDate", "LastModifiedDate"] {
      self.members[name] = nil
    }
  }

  /// Any setting by the service's name for it.
  public subscript(name: String) -> JSONValue? {
    get { members[name] }
    set { members[name] = newValue }
  }

  /// What the client is called.
  public var name: String? {
    get { members["ClientName"]?.string }
    set { members["ClientName"] = newValue.map { .string($0) } }
  }

  /// Which ways of signing in are allowed, such as "ALLOW_USER_SRP_AUTH".
  public var authFlows: [String]? {
    get { texts("ExplicitAuthFlows") }
    set { members["ExplicitAuthFlows"] = newValue.map { .texts($0) } }
  }

  /// How long access tokens are valid, 5 minutes to a day.
  public var accessTokenValidity: Duration? {
    get { validity("AccessTokenValidity", "AccessToken", standardUnit: "hours") }
    set { setValidity("AccessTokenValidity", "AccessToken", newValue) }
  }

  /// How long id tokens are valid, 5 minutes to a day.
  public var idTokenValidity: Duration? {
    get { validity("IdTokenValidity", "IdToken", standardUnit: "hours") }
    set { setValidity("IdTokenValidity", "IdToken", newValue) }
  }

  /// How long refresh tokens are valid, an hour to ten years.
  public var refreshTokenValidity: Duration? {
    get { validity("RefreshTokenValidity", "RefreshToken", standardUnit: "days") }
    set { setValidity("RefreshTokenValidity", "RefreshToken", newValue) }
  }

  /// How long the steps of one sign-in may take, 3 to 15 minutes.
  ///
  /// The service counts whole minutes; what is left over is dropped.
  public var authSessionValidity: Duration? {
    get { members["AuthSessionValidity"]?.int.flatMap { (0...1440).contains($0) ? .seconds($0 * 60) : nil } }
    set { members["AuthSessionValidity"] = newValue.map { .int($0.components.seconds / 60) } }
  }

  /// What a renewal does with the refresh token.
  public struct RefreshTokenRotation: Sendable, Hashable {
    /// Whether a renewal gives a new one.
    public var isOn: Bool
    /// How long the old one still works then: whole seconds, up to 60.
    public var gracePeriod: Duration

    /// - Parameters:
    ///   - isOn: whether a renewal gives a new refresh token.
    ///   - gracePeriod: how long the old one still works then.
    public init(isOn: Bool, gracePeriod: Duration = .zero) {
      self.isOn = isOn
      self.gracePeriod = gracePeriod
    }
  }

  /// Whether a renewal gives a new refresh token.
  public var refreshTokenRotation: RefreshTokenRotation? {
    get {
      guard let rotation = members["RefreshTokenRotation"], let feature = rotation["Feature"]?.string else {
        return nil
      }
      return RefreshTokenRotation(
        isOn: feature == "ENABLED", gracePeriod: .seconds(rotation["RetryGracePeriodSeconds"]?.int ?? 0))
    }
    set {
      members["RefreshTokenRotation"] = newValue.map { rotation in
        [
          "Feature": rotation.isOn ? "ENABLED" : "DISABLED",
          "RetryGracePeriodSeconds": .int(rotation.gracePeriod.components.seconds),
        ]
      }
    }
  }

  /// Whether answers hide which users exist (PreventUserExistenceErrors).
  public var hidesUserExistence: Bool? {
    get { members["PreventUserExistenceErrors"]?.string.map { $0 == "ENABLED" } }
    set { members["PreventUserExistenceErrors"] = newValue.map { $0 ? "ENABLED" : "LEGACY" } }
  }

  /// Whether refresh tokens can be revoked one by one.
  public var allowsRevocation: Bool? {
    get { members["EnableTokenRevocation"]?.bool }
    set { members["EnableTokenRevocation"] = newValue.map { .bool($0) } }
  }

  /// Where hosted sign-in may send the browser back to.
  public var callbackURLs: [String]? {
    get { texts("CallbackURLs") }
    set { members["CallbackURLs"] = newValue.map { .texts($0) } }
  }

  /// Where hosted sign-out may send the browser to.
  public var logoutURLs: [String]? {
    get { texts("LogoutURLs") }
    set { members["LogoutURLs"] = newValue.map { .texts($0) } }
  }

  /// OAuth scopes that the client may ask for.
  public var scopes: [String]? {
    get { texts("AllowedOAuthScopes") }
    set { members["AllowedOAuthScopes"] = newValue.map { .texts($0) } }
  }

  /// OAuth flows that the client may use: "code", "implicit", "client_credentials".
  public var oAuthFlows: [String]? {
    get { texts("AllowedOAuthFlows") }
    set {
      members["AllowedOAuthFlows"] = newValue.map { .texts($0) }
      // The service ignores the flows unless this is on.
      if let newValue { members["AllowedOAuthFlowsUserPoolClient"] = .bool(!newValue.isEmpty) }
    }
  }

  /// Identity providers that may be used, "COGNITO" for the pool itself.
  public var identityProviders: [String]? {
    get { texts("SupportedIdentityProviders") }
    set { members["SupportedIdentityProviders"] = newValue.map { .texts($0) } }
  }

  /// Attributes that the client may read.
  public var readableAttributes: [UserAttribute]? {
    get { texts("ReadAttributes")?.map { UserAttribute(rawValue: $0) } }
    set { members["ReadAttributes"] = newValue.map { .texts($0.map(\.rawValue)) } }
  }

  /// Attributes that the client may write.
  public var writableAttributes: [UserAttribute]? {
    get { texts("WriteAttributes")?.map { UserAttribute(rawValue: $0) } }
    set { members["WriteAttributes"] = newValue.map { .texts($0.map(\.rawValue)) } }
  }

  private func texts(_ name: String) -> [String]? { members[name]?.array?.compactMap(\.string) }

  private static let unitSeconds: [String: Int64] = ["seconds": 1, "minutes": 60, "hours": 3600, "days": 86400]

  private func validity(_ name: String, _ token: String, standardUnit: String) -> Duration? {
    let unit = members["TokenValidityUnits"]?[token]?.string ?? standardUnit
    guard let number = members[name]?.int, let seconds = Self.unitSeconds[unit] else { return nil }
    let (product, overflows) = number.multipliedReportingOverflow(by: seconds)
    return overflows ? nil : .seconds(product)
  }

  private mutating func setValidity(_ name: String, _ token: String, _ value: Duration?) {
    var units = members["TokenValidityUnits"]?.object ?? [:]
    members[name] = value.map { .int($0.components.seconds) }
    units[token] = value == nil ? nil : "seconds"
    members["TokenValidityUnits"] = units.isEmpty ? nil : .object(units)
  }
}
