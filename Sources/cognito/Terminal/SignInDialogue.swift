import Cognito
import SystemSupport

/// Asks a person at the terminal for whatever a sign-in needs next.
struct SignInDialogue: ~Copyable {
  private let terminal: Terminal
  private static let attempts = 3

  init(_ terminal: consuming Terminal) { self.terminal = terminal }

  func username() throws(CommandFailure) -> String { try terminal.ask("User name: ") }

  func password() throws(CommandFailure) -> Secret { try terminal.askSecret("Password: ") }

  /// Goes through all steps to the end. What the pool refuses and may be answered again is asked again, a few
  /// times.
  func run(_ signIn: SignIn, _ method: SignInMethod) async throws -> SignInResult {
    var step = try await signIn.start(method)
    var attempt = 1
    while true {
      if case .done(let result) = step { return result }
      let answer = try answer(to: step)
      do {
        step = try await signIn.respond(answer)
        attempt = 1
      } catch {
        guard error.code.asksAgain, attempt < Self.attempts else { throw error }
        attempt += 1
        terminal.show(printable(error.message))
      }
    }
  }

  private func answer(to step: SignInStep) throws -> SignInAnswer {
    switch step {
    case .done: throw CommandFailure(.failed, "The sign-in is over already.")
    case .code(let request): return .code(try code(Self.prompt(request)))
    case .password: return .password(try password())
    case .newPasswordRequired(let request): return try newPassword(request)
    case .selectMFA(let factors):
      return .factor(try choice("Second factor", factors, Self.name))
    case .setUpMFA(let factors):
      let factor = try choice("Set up a second factor", factors, Self.name)
      guard factor == .email else { return .factor(factor) }
      return .email(try terminal.ask("E-mail address for codes: "))
    case .setUpSoftwareToken(let setup): return .code(try setUp(setup))
    case .selectFirstFactor(let factors):
      // Passkeys need a browser.
      let possible = factors.filter { $0 != .webAuthn }
      return .firstFactor(try choice("Sign in with", possible, Self.name))
    case .customChallenge(let parameters):
      for (name, value) in parameters.sorted(by: { $0.key < $1.key }) { terminal.show(printable("\(name): \(value)")) }
      return .custom(try terminal.ask("Answer: "))
    case .webAuthn:
      throw CommandFailure(.refused, "The pool asks for a passkey, which needs a browser.", code: "webAuthn")
    case .unknown(let challenge):
      throw CommandFailure(
        .refused, "The pool asks for `\(printable(challenge.name))`, which this version doesn't know.",
        code: "unknownChallenge")
    }
  }

  /// Digits are often shown and copied in groups.
  private func code(_ prompt: String) throws(CommandFailure) -> String {
    String(try terminal.ask(prompt).filter { !$0.isWhitespace })
  }

  private func newPassword(_ request: NewPasswordRequest) throws -> SignInAnswer {
    terminal.show("The password must be changed now.")
    var password = try terminal.askSecret("New password: ")
    while try terminal.askSecret("New password again: ") != password {
      terminal.show("The two are different.")
      password = try terminal.askSecret("New password: ")
    }
    var attributes: [String: String] = [:]
    for name in request.requiredAttributes { attributes[name] = try terminal.ask("Your \(name): ") }
    return .newPassword(password, attributes: attributes)
  }

  private func setUp(_ setup: SoftwareTokenSetup) throws(CommandFailure) -> String {
    terminal.show("Add this account to your authenticator app, by the key or by the address:")
    terminal.show("  key      \(printable(setup.secret.revealed() ?? ""))")
    terminal.show("  address  \(printable(setup.url))")
    return try code("Code that the app shows now: ")
  }

  private func choice<Option>(
    _ title: String, _ options: [Option], _ name: (Option) -> String
  ) throws(CommandFailure) -> Option {
    guard let first = options.first else {
      throw CommandFailure(.refused, "The pool offers no way that a terminal can take.", code: "noWay")
    }
    if options.count == 1 { return first }
    terminal.show("\(title):")
    for (index, option) in options.enumerated() { terminal.show("  \(index + 1)  \(printable(name(option)))") }
    for _ in 0..<Self.attempts {
      if let number = Int(try terminal.ask("Number: ")), options.indices.contains(number - 1) {
        return options[number - 1]
      }
    }
    throw CommandFailure(.failed, "That was none of the numbers.")
  }

  private static func prompt(_ request: CodeRequest) -> String {
    let address = request.delivery?.destination ?? ""
    let destination = address.isEmpty ? "" : " to \(address)"
    return switch request.factor {
    case .softwareToken: "Code from your authenticator app\(request.deviceName.map { " (\($0))" } ?? ""): "
    case .sms: "Code sent by text message\(destination): "
    case .email: "Code sent by e-mail\(destination): "
    default: "Code: "
    }
  }

  private static func name(_ factor: MFAFactor) -> String {
    switch factor {
    case .softwareToken: "authenticator app"
    case .sms: "text message"
    case .email: "e-mail"
    default: factor.rawValue
    }
  }

  private static func name(_ factor: FirstFactor) -> String {
    switch factor {
    case .password, .passwordSRP: "password"
    case .emailOTP: "code by e-mail"
    case .smsOTP: "code by text message"
    default: factor.rawValue
    }
  }
}
