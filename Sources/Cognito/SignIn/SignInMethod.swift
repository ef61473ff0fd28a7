/// How a sign-in begins.
@nonexhaustive
public enum SignInMethod: Sendable {
  /// The password is proved by SRP and never sent (USER_SRP_AUTH). The one to use.
  case srp(password: Secret)
  /// The password is sent (USER_PASSWORD_AUTH): for pools that take users over from elsewhere.
  case password(Secret)
  /// The password is sent by a server that holds AWS credentials (ADMIN_USER_PASSWORD_AUTH).
  case adminPassword(Secret)
  /// The pool's custom challenges (CUSTOM_AUTH), after the password has been proved by SRP if one is given.
  case custom(password: Secret? = nil)
  /// The user chooses how to begin (USER_AUTH).
  ///
  /// - preferred: taken without asking if the user may use it.
  /// - password: used when the choice falls on one of the password factors. If it is not given and one of them is
  ///   preferred, it is asked for first (``SignInStep/password``).
  /// - session: of a sign-up just confirmed, to sign in without another proof.
  /// - stepUp: how strongly and how lately the user is to prove who they are. Tokens that don't reach it are not handed
  ///   out: ``CognitoError/Code/insufficientUserAuthentication``.
  case choice(
    preferred: FirstFactor? = nil, password: Secret? = nil, session: String? = nil, stepUp: StepUp? = nil)

  var flow: String {
    switch self {
    case .srp: "USER_SRP_AUTH"
    case .password: "USER_PASSWORD_AUTH"
    case .adminPassword: "ADMIN_USER_PASSWORD_AUTH"
    case .custom: "CUSTOM_AUTH"
    case .choice: "USER_AUTH"
    }
  }

  /// Whether the password goes out with the first request.
  var sendsPassword: Bool {
    switch self {
    case .password, .adminPassword, .choice(.password?, _, _, _): true
    default: false
    }
  }

  var password: Secret? {
    switch self {
    case .srp(let password), .password(let password), .adminPassword(let password): password
    case .custom(let password), .choice(_, let password, _, _): password
    }
  }
}
