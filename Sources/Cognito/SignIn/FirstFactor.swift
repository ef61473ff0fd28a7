/// How a user may begin to sign in (USER_AUTH). Values that a later version of the service adds stay readable.
public struct FirstFactor: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  /// The service's word for it, as in `AvailableChallenges`.
  public let rawValue: String
  /// - Parameter rawValue: the service's word for it.
  public init(rawValue: String) { self.rawValue = rawValue }
  /// The service's word for it.
  public var description: String { rawValue }

  /// The password, sent to the service.
  public static let password = FirstFactor(rawValue: "PASSWORD")
  /// The password, proved without being sent.
  public static let passwordSRP = FirstFactor(rawValue: "PASSWORD_SRP")
  /// A code by e-mail.
  public static let emailOTP = FirstFactor(rawValue: "EMAIL_OTP")
  /// A code by text message.
  public static let smsOTP = FirstFactor(rawValue: "SMS_OTP")
  /// A passkey.
  public static let webAuthn = FirstFactor(rawValue: "WEB_AUTHN")
}
