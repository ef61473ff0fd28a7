import Cognito
import FoundationEssentials

/// The library's sign-in machine, reduced to what can be asked in a login prompt.
struct CognitoSignIn: OngoingSignIn {
  private let signIn: SignIn
  /// What authenticator apps call the pool.
  private let issuer: String
  /// What the places of a choice stand for.
  private let factors: [MFAFactor]
  /// Whether the chosen one is still to be set up.
  private let isSetUp: Bool

  init(_ signIn: SignIn, issuer: String, factors: [MFAFactor] = [], isSetUp: Bool = false) {
    self.signIn = signIn
    self.issuer = issuer
    self.factors = factors
    self.isSetUp = isSetUp
  }

  func answer(_ answer: SignInReply) async throws -> SignInStage {
    let reply: SignInAnswer
    switch answer {
    case .code(let code): reply = .code(code.revealed() ?? "")
    case .newPassword(let password, let attributes): reply = .newPassword(password, attributes: attributes)
    case .email(let address): reply = .email(address)
    case .choice(let place):
      guard factors.indices.contains(place) else {
        throw CognitoError(.unexpectedAnswer, "There is no choice \(place).")
      }
      return try await take(factors[place])
    }
    return try await stage(try await signIn.respond(reply))
  }

  func stage(_ step: SignInStep) async throws -> SignInStage {
    switch step {
    case .done(let result): return .done(LoginTokens(result))
    case .code(let request): return .asks(request.question, self)
    case .newPasswordRequired(let request): return .asks(.newPassword(missing: request.requiredAttributes), self)
    case .setUpSoftwareToken(let setup): return .asks(.authenticatorSetUp(secret: setup.secret, issuer: issuer), self)
    case .selectMFA(let factors): return try await choose(among: [.softwareToken, .sms, .email], factors)
    // A telephone number can't be given in a sign-in.
    case .setUpMFA(let factors): return try await choose(among: [.softwareToken, .email], factors, isSetUp: true)
    case .selectFirstFactor, .password, .customChallenge, .webAuthn, .unknown:
      throw CognitoError(
        .unsupportedOperation, "The pool asks for something that a login prompt can't give: \(step.kind).")
    }
  }

  /// Offers what can be taken here. With one there is nothing to choose.
  private func choose(
    among possible: [MFAFactor], _ offered: [MFAFactor], isSetUp: Bool = false
  ) async throws -> SignInStage {
    let factors = offered.filter(possible.contains)
    let next = CognitoSignIn(signIn, issuer: issuer, factors: factors, isSetUp: isSetUp)
    switch factors.count {
    case 0: return .asks(.impossible, next)
    case 1: return try await next.take(factors[0])
    default: return .asks(isSetUp ? .setUpChoice(factors.map(\.forPeople)) : .choice(factors.map(\.forPeople)), next)
    }
  }

  private func take(_ factor: MFAFactor) async throws -> SignInStage {
    if isSetUp, factor == .email { return .asks(.emailSetUp, CognitoSignIn(signIn, issuer: issuer)) }
    return try await stage(try await signIn.respond(.factor(factor)))
  }
}

extension LoginTokens {
  init(_ result: SignInResult) {
    let tokens = result.tokens
    self.init(
      idToken: Secret(utf8: tokens.idToken), accessToken: Secret(utf8: tokens.accessToken),
      refreshToken: tokens.refreshToken, username: tokens.username, subject: tokens.subject,
      deviceKey: tokens.deviceKey, newDevice: result.newDevice, deviceWasForgotten: result.deviceWasForgotten,
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
