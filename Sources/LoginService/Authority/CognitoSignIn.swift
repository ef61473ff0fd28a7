import Cognito
import FoundationEssentials

/// The library's sign-in machine, reduced to what can be asked in a login prompt.
struct CognitoSignIn: OngoingSignIn {
  private let signIn: SignIn
  /// What the places of a choice stand for.
  private let factors: [MFAFactor]

  init(_ signIn: SignIn, factors: [MFAFactor] = []) {
    self.signIn = signIn
    self.factors = factors
  }

  func answer(_ answer: SignInReply) async throws -> SignInStage {
    let reply: SignInAnswer =
      switch answer {
      case .code(let code): .code(code.revealed() ?? "")
      case .newPassword(let password, let attributes): .newPassword(password, attributes: attributes)
      case .choice(let place):
        if factors.indices.contains(place) {
          .factor(factors[place])
        } else {
          throw CognitoError(.unexpectedAnswer, "There is no choice \(place).")
        }
      }
    return try stage(try await signIn.respond(reply))
  }

  func stage(_ step: SignInStep) throws -> SignInStage {
    switch step {
    case .done(let result): .done(LoginTokens(result))
    case .code(let request): .asks(request.question, self)
    case .newPasswordRequired(let request): .asks(.newPassword(missing: request.requiredAttributes), self)
    case .setUpSoftwareToken(let setup):
      .asks(.authenticatorSetUp(secret: setup.secret, account: "cognito-login"), self)
    case .selectMFA(let factors), .setUpMFA(let factors):
      .asks(.choice(factors.map(\.forPeople)), CognitoSignIn(signIn, factors: factors))
    case .selectFirstFactor, .password, .customChallenge, .webAuthn, .unknown:
      throw CognitoError(
        .unsupportedOperation, "The pool asks for something that a login prompt can't give: \(step.kind).")
    }
  }
}

extension LoginTokens {
  init(_ result: SignInResult) {
    let tokens = result.tokens
    self.init(
      idToken: Secret(utf8: tokens.idToken), accessToken: Secret(utf8: tokens.accessToken),
      refreshToken: tokens.refreshToken, username: tokens.username, subject: tokens.subject,
      deviceKey: tokens.deviceKey, newDevice: result.newDevice,
      accessExpiresAt: Int64(tokens.accessExpiresAt.timeIntervalSince1970),
      idExpiresAt: Int64(tokens.idExpiresAt.timeIntervalSince1970))
  }
}

extension CodeRequest {
  fileprivate var question: SignInQuestion {
    switch factor {
    case .softwareToken: .authenticatorCode
    case .sms: .sentCode(medium: "SMS", destination: delivery?.destination)
    default: .sentCode(medium: "e-mail", destination: delivery?.destination)
    }
  }
}

extension MFAFactor {
  fileprivate var forPeople: String {
    switch self {
    case .softwareToken: "a code of my authenticator app"
    case .sms: "a code by SMS"
    case .email: "a code by e-mail"
    default: rawValue
    }
  }
}

extension SignInStep {
  /// The name of the step alone: its contents may be secret.
  fileprivate var kind: String {
    switch self {
    case .selectFirstFactor: "a choice of the first factor"
    case .password: "the password again"
    case .customChallenge: "a custom challenge"
    case .webAuthn: "a passkey"
    case .unknown(let challenge): challenge.name
    default: "another step"
    }
  }
}
