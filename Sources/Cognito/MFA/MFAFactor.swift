/// A second factor. Values that a later version of the service adds stay readable.
public struct MFAFactor: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  /// The service's word for it, as in `UserMFASettingList`.
  public let rawValue: String
  /// - Parameter rawValue: the service's word for it.
  public init(rawValue: String) { self.rawValue = rawValue }
  /// The service's word for it.
  public var description: String { rawValue }

  /// A code by text message.
  public static let sms = MFAFactor(rawValue: "SMS_MFA")
  /// A code from an authenticator app (RFC 6238).
  public static let softwareToken = MFAFactor(rawValue: "SOFTWARE_TOKEN_MFA")
  /// A code by e-mail.
  public static let email = MFAFactor(rawValue: "EMAIL_OTP")
  /// A passkey.
  public static let webAuthn = MFAFactor(rawValue: "WEB_AUTHN")
}
