/// The name of a user attribute: one of the standard ones, `custom:…`, or a developer-only `dev:…`.
public struct UserAttribute: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral, Codable {
  /// The name as Cognito writes it.
  public let rawValue: String

  /// - Parameter rawValue: the name as Cognito writes it, such as "email" or "custom:team".
  public init(rawValue: String) { self.rawValue = rawValue }

  /// The name as Cognito writes it.
  public init(stringLiteral value: String) { rawValue = value }

  /// A custom attribute.
  ///
  /// - Parameter name: the name without the prefix `custom:`.
  public static func custom(_ name: String) -> UserAttribute { UserAttribute(rawValue: "custom:" + name) }

  /// Whether the pool's administrator defined it.
  public var isCustom: Bool { rawValue.hasPrefix("custom:") || rawValue.hasPrefix("dev:") }

  // MARK: Standard attributes (OpenID Connect Core 1.0, section 5.1)
  /// The user's id in the pool: it never changes, and is never given to anybody else.
  public static let sub: UserAttribute = "sub"
  /// E-mail address.
  public static let email: UserAttribute = "email"
  /// Whether the user has shown that the e-mail address is theirs.
  public static let emailVerified: UserAttribute = "email_verified"
  /// Telephone number in E.164 form, such as "+4930123456".
  public static let phoneNumber: UserAttribute = "phone_number"
  /// Whether the user has shown that the telephone number is theirs.
  public static let phoneNumberVerified: UserAttribute = "phone_number_verified"
  /// The name that the user prefers to be called by; an alias for signing in, if the pool allows it.
  public static let preferredUsername: UserAttribute = "preferred_username"
  /// Full name.
  public static let name: UserAttribute = "name"
  /// First name.
  public static let givenName: UserAttribute = "given_name"
  /// Middle names.
  public static let middleName: UserAttribute = "middle_name"
  /// Last name.
  public static let familyName: UserAttribute = "family_name"
  /// Nickname.
  public static let nickname: UserAttribute = "nickname"
  /// Postal address.
  public static let address: UserAttribute = "address"
  /// Birthday as YYYY-MM-DD.
  public static let birthdate: UserAttribute = "birthdate"
  /// Gender.
  public static let gender: UserAttribute = "gender"
  /// Language and region, such as "de-DE".
  public static let locale: UserAttribute = "locale"
  /// Time zone, such as "Europe/Berlin".
  public static let zoneinfo: UserAttribute = "zoneinfo"
  /// Address of a picture.
  public static let picture: UserAttribute = "picture"
  /// Address of the profile page.
  public static let profile: UserAttribute = "profile"
  /// Address of the user's site.
  public static let website: UserAttribute = "website"
  /// When the profile was last changed, in seconds since 1970.
  public static let updatedAt: UserAttribute = "updated_at"
  /// Accounts at identity providers, as a JSON text; the service alone writes it.
  public static let identities: UserAttribute = "identities"
}

extension UserAttribute: CustomStringConvertible {
  /// The name as Cognito writes it.
  public var description: String { rawValue }
}
