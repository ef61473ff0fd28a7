import ArgumentParser
import Cognito
import CognitoCredentials
import TokenCache

struct LoginCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "login", abstract: "Signs in at the terminal and keeps the session in the keyring.")

  @OptionGroup var profileOptions: ProfileOptions
  @OptionGroup var output: OutputOptions
  @Option(help: "The user name. Otherwise the profile's, or it is asked for.")
  var username: String?
  @Option(help: "How to begin: srp (the password is never sent), password (it is sent) or choice (the pool offers).")
  var method: Method = .srp

  enum Method: String, ExpressibleByArgument { case srp, password, choice }

  func run() async throws {
    let context = CommandContext()
    let profile = try context.profile(named: profileOptions.profile)
    let client = try profile.client()
    // A keyring that can't be used is told before anything is asked, and long before anything is lost.
    _ = try context.store(for: profile, mayPrompt: true).load(profile)

    let dialogue = SignInDialogue(try Terminal())
    let name = try username ?? profile.username ?? dialogue.username()
    guard ProfileRules.isUsername(name) else {
      throw CommandFailure(.refused, "A user name has 1 to 128 characters and no spaces.", code: "unfitName")
    }
    let start: SignInMethod =
      switch method {
      case .srp: .srp(password: try dialogue.password())
      case .password: .password(try dialogue.password())
      case .choice: .choice()
      }
    let result = try await dialogue.run(client.signIn(name), start)
    let tokens = result.tokens.with(deviceKey: result.tokens.deviceKey ?? result.newDevice?.key)
    let session = try StoredSession(tokens, for: profile, now: context.now())
    guard session.belongs(to: profile) else {
      throw CommandFailure(
        .refused, "This is the account \(printable(session.username)), not the profile's.", code: "otherAccount")
    }
    try await context.provider(for: profile, mayPrompt: true).adopt(session, FreshTokens(tokens))
    try CommandResult(
      text: "Signed in as \(printable(session.username)) with profile \(profile.name).",
      json: [
        "profile": .string(profile.name), "username": .string(session.username),
        "store": .string(profile.store.rawValue),
      ]
    ).print(asJSON: output.json)
  }
}
