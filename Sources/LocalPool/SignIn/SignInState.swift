import Cognito
import FoundationEssentials

/// Where a sign-in stands between two calls. The client carries it, sealed, as `Session` or `SECRET_BLOCK`.
struct SignInState: Codable, Sendable {
  /// What the client is to do next.
  var challenge: ChallengeName
  /// Names this state alone: each may be answered successfully once.
  var id: String
  let poolID: String
  let clientID: String
  /// The real username, or the simulated one of a user who doesn't exist.
  let username: String
  /// The user's row; nil for a simulated user.
  let userID: Int64?
  let flow: AuthFlow
  var expires: Int64 = 0
  var deviceKey: String?
  /// SRP: the session key, base 64, that the client must prove to know.
  var sessionKey: String?
  /// The code that was sent by SMS or e-mail.
  var code: String?
  /// EMAIL_OTP is a first factor in USER_AUTH and a second one elsewhere.
  var isFirstFactor = false
  /// MFA_SETUP: the new shared key, base 64, and whether a code of it was shown.
  var softwareTokenSecret: String?
  var softwareTokenIsVerified = false
  /// MFA_SETUP: the e-mail address that becomes the second factor once a code from it is shown.
  var newEmail: String?
  /// What SELECT_CHALLENGE or SELECT_MFA_TYPE offered.
  var offered: [ChallengeName] = []
  var custom: CustomState?
  /// A sign-in on the pool's pages: it ends with a code for the app's client, never with tokens.
  var isHosted = false
  /// A passkey sign-in's challenge, base 64.
  var webAuthnChallenge: String?
  /// What the user has shown so far.
  var methods: [AuthenticationMethod] = []
  /// The level that it must reach; nil for any.
  var target: Int?
  /// Whether the first factor stood for both.
  var satisfiesMFA = false

  /// CUSTOM_AUTH between its steps.
  struct CustomState: Codable, Sendable {
    struct Result: Codable, Sendable {
      var challengeName: String
      var challengeResult: Bool
      var challengeMetadata: String?
    }
    var results: [Result] = []
    /// What the VerifyAuthChallenge trigger gets and the client doesn't.
    var privateParameters: [String: String] = [:]
    var metadata: String?
  }
}

extension SignInState {
  /// What the sealed bytes are: a session can't be used as a secret block, nor the other way round.
  enum Carrier: String {
    case session = "session"
    case secretBlock = "secret-block"
    /// From SignUp to ConfirmSignUp.
    case signUp = "sign-up"
    /// From ConfirmSignUp to InitiateAuth.
    case confirmedSignUp = "confirmed-sign-up"
  }

  func sealed(as carrier: Carrier, _ context: PoolContext) throws -> [UInt8] {
    context.sealer.seal([UInt8](try JSONEncoder().encode(self)), label: carrier.rawValue)
  }

  /// Nil for bytes that no pool of this store sealed.
  static func open(_ sealed: [UInt8], as carrier: Carrier, _ context: PoolContext) -> SignInState? {
    guard let plain = context.sealer.open(sealed, label: carrier.rawValue) else { return nil }
    return try? JSONDecoder().decode(SignInState.self, from: Data(plain))
  }
}
