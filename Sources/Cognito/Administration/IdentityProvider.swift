import FoundationEssentials

/// Another place where the pool's users may sign in: SAML, OpenID Connect, or one of the social networks.
public struct IdentityProvider: Sendable, Hashable {
  /// What kind of provider it is. Values that a later version of the service adds stay readable.
  public struct Kind: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The service's word for it.
    public let rawValue: String
    /// - Parameter rawValue: the service's word for it.
    public init(rawValue: String) { self.rawValue = rawValue }
    /// The service's word for it.
    public var description: String { rawValue }

    /// SAML 2.0.
    public static let saml = Kind(rawValue: "SAML")
    /// OpenID Connect.
    public static let oidc = Kind(rawValue: "OIDC")
    /// Facebook.
    public static let facebook = Kind(rawValue: "Facebook")
    /// Google.
    public static let google = Kind(rawValue: "Google")
    /// Login with Amazon.
    public static let amazon = Kind(rawValue: "LoginWithAmazon")
    /// Sign in with Apple.
    public static let apple = Kind(rawValue: "SignInWithApple")
  }

  /// The name.
  public let name: String
  /// What kind of provider it is.
  public let kind: Kind
  /// The kind's own settings, such as `client_id` and `oidc_issuer`. Lists leave them out.
  public let details: [String: String]
  /// Which of the pool's attributes get which of the provider's.
  public let attributeMapping: [UserAttribute: String]
  /// Other names that lead to it, such as mail domains.
  public let identifiers: [String]
  /// When it was added.
  public let created: Date?
  /// When it was last changed.
  public let lastModified: Date?

  /// - Parameters:
  ///   - name: the name.
  ///   - kind: what kind of provider it is.
  ///   - details: the kind's own settings.
  ///   - attributeMapping: which of the pool's attributes get which of the provider's.
  ///   - identifiers: other names that lead to it.
  ///   - created: when it was added.
  ///   - lastModified: when it was last changed.
  public init(
    name: String, kind: Kind, details: [String: String] = [:], attributeMapping: [UserAttribute: String] = [:],
    identifiers: [String] = [], created: Date? = nil, lastModified: Date? = nil
  ) {
    self.name = name
    self.kind = kind
    self.details = details
    self.attributeMapping = attributeMapping
    self.identifiers = identifiers
    self.created = created
    self.lastModified = lastModified
  }

  package init(_ wire: JSONValue?) throws(CognitoError) {
    guard let wire, let name = wire["ProviderName"]?.string, let kind = wire["ProviderType"]?.string else {
      throw CognitoError(.malformedResponse, "The service described an identity provider without name or type.")
    }
    self.name = name
    self.kind = Kind(rawValue: kind)
    details = (wire["ProviderDetails"]?.object ?? [:]).compactMapValues(\.string)
    let mapping = (wire["AttributeMapping"]?.object ?? [:]).compactMap { name, value in
      value.string.map { (UserAttribute(rawValue: name), $0) }
    }
    attributeMapping = Dictionary(mapping) { _, last in last }
    identifiers = (wire["IdpIdentifiers"]?.array ?? []).compactMap(\.string)
    created = wire.date("CreationDate")
    lastModified = wire.date("LastModifiedDate")
  }
}

extension IdentityProvider: CustomStringConvertible, CustomReflectable {
  /// Name and kind alone: the details hold the client secret.
  public var description: String { "\(name) (\(kind))" }
  /// Hides the details from `dump`.
  public var customMirror: Mirror { Mirror(self, children: ["name": name, "kind": kind.rawValue]) }
}
