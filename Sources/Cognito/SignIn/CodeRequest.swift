/// What code a sign-in asks for, of all the factors that are codes.
public struct CodeRequest: Sendable, Hashable {
  /// Where the person finds the code: ``MFAFactor/softwareToken`` (an authenticator app), ``MFAFactor/sms`` or
  /// ``MFAFactor/email``.
  public let factor: MFAFactor
  /// Where the code was sent; `nil` for an authenticator app, and when the service doesn't say.
  public let delivery: CodeDelivery?
  /// The name that the user gave to the authenticator app, if any.
  public let deviceName: String?
  /// The service's name of the challenge, such as "EMAIL_OTP" or, for a text message that is the first factor,
  /// "SMS_OTP".
  public let challenge: String

  /// - Parameters:
  ///   - factor: where the person finds the code.
  ///   - delivery: where the code was sent.
  ///   - deviceName: the name of the authenticator app.
  ///   - challenge: the service's name of the challenge; that of the factor when not given.
  public init(
    _ factor: MFAFactor, delivery: CodeDelivery? = nil, deviceName: String? = nil, challenge: String? = nil
  ) {
    self.factor = factor
    self.delivery = delivery
    self.deviceName = deviceName
    self.challenge = challenge ?? factor.rawValue
  }
}
