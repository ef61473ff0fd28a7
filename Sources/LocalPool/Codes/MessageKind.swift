/// Why a message is sent: which of the pool's texts it takes, and what the CustomMessage trigger is told.
package enum MessageKind: String, Sendable {
  case signUp = "sign-up"
  case resendCode = "resend-code"
  case invitation
  case forgotPassword = "forgot-password"
  case updateAttribute = "update-attribute"
  case verifyAttribute = "verify-attribute"
  case authentication

  /// Whether a link can take the code's place.
  var confirmsSignUp: Bool { self == .signUp || self == .resendCode }

  /// The trigger's source.
  var triggerSource: String {
    switch self {
    case .signUp: "CustomMessage_SignUp"
    case .resendCode: "CustomMessage_ResendCode"
    case .invitation: "CustomMessage_AdminCreateUser"
    case .forgotPassword: "CustomMessage_ForgotPassword"
    case .updateAttribute: "CustomMessage_UpdateUserAttribute"
    case .verifyAttribute: "CustomMessage_VerifyUserAttribute"
    case .authentication: "CustomMessage_Authentication"
    }
  }
}
