/// Where a user is in the life of an account. Values that a later version of the service adds stay readable.
public struct UserStatus: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  /// The service's word for it.
  public let rawValue: String
  /// - Parameter rawValue: the service's word for it.
  public init(rawValue: String) { self.rawValue = rawValue }
  /// The service's word for it.
  public var description: String { rawValue }

  /// Signed up, and not yet confirmed.
  public static let unconfirmed = UserStatus(rawValue: "UNCONFIRMED")
  /// Can sign in.
  public static let confirmed = UserStatus(rawValue: "CONFIRMED")
  /// Must set a new password at the next sign-in.
  public static let forceChangePassword = UserStatus(rawValue: "FORCE_CHANGE_PASSWORD")
  /// Must reset the password with a code before signing in.
  public static let resetRequired = UserStatus(rawValue: "RESET_REQUIRED")
  /// Signs in at an identity provider.
  public static let externalProvider = UserStatus(rawValue: "EXTERNAL_PROVIDER")
  /// Taken out of use.
  public static let archived = UserStatus(rawValue: "ARCHIVED")
  /// Locked because the credentials are known to others.
  public static let compromised = UserStatus(rawValue: "COMPROMISED")
  /// Not known to the service.
  public static let unknown = UserStatus(rawValue: "UNKNOWN")
}
