import ArgumentParser
import Cognito
import CognitoCredentials
import SystemSupport
import TokenCache

struct LoginCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "login", abstract: "Signs in at the terminal and keeps the session in the keyring.")

  @OptionGroup var profileOptions: ProfileOptions
  @OptionGroup var output: OutputOptions
  @Option(help: "The user name. Otherwise the profile's, or it is asked for.")
  var username: String?
  @Flag(help: "Let this machine stand for the second factor at the next sign-in, where the pool allows it.")
  var rememberDevice = false
  @Option(help: "How to begin: srp (the password is never sent), password (it is sent) or choice (the pool offers).")
  var method: Method = .srp

  enum Method: String, ExpressibleByArgument { case srp, password, choice }

  func run() async throws {
    let context = CommandContext()
    let profile = try context.profile(named: profileOptions.profile)
    let client = try profile.client()
    // A keyring that can't be used is told before anything is asked, and long before anything is lost.
    let places = try context.places()
    try places.prepare(profile)
    // One that can't be read is no reason not to sign in: this is what repairs it.
    let previous = try? places.load(profile)

    let dialogue = SignInDialogue(try Terminal())
    let name = try username ?? profile.username ?? dialogue.username()
    guard PoolRules.username.accepts(name) else {
      throw CommandFailure(.refused, "A user name has 1 to 128 characters and no spaces.", code: "unfitName")
    }
    let start: SignInMethod =
      switch method {
      case .srp: .srp(password: try dialogue.password())
      case .password: .password(try dialogue.password())
      case .choice: .choice()
      }
    let device = DeviceKeeping.device(of: previous, for: profile, typedName: name)
    let result = try await dialogue.run(client.signIn(name, device: device), start)
    let tokens = result.tokens
    let devices = DeviceKeeping(client)
    var session = try StoredSession(tokens, typedName: name, for: profile, now: context.now())
    guard session.belongs(to: profile) else { throw await refuse(session, result, client) }
    let trouble = await devices.settle(&session, result, previous: previous, isRemembered: rememberDevice)
    let placement = try await context.provider(for: profile).adopt(session, tokens)
    await devices.forget(previous, replacedBy: session, tokens)
    if let trouble { CommandFailure(trouble).warn(Self.unconfirmed) }
    try CommandResult(
      text:
        "Signed in as \(printable(session.nameForPeople)) with profile \(profile.name). \(placement.sentence)",
      json: [
        "profile": .string(profile.name), "username": .string(session.username), "typed_name": .string(name),
        "subject": .string(tokens.subject), "store": .string(placement.place.rawValue),
      ]
    ).print(asJSON: output.json)
  }

  private static let unconfirmed =
    "This machine could not be confirmed as your device, so the session may end within the hour: sign in again then."

  /// Nobody will use these tokens, so they are ended, and a device that was made for them is forgotten.
  private func refuse(
    _ session: StoredSession, _ result: SignInResult, _ client: UserPoolClient
  ) async -> CommandFailure {
    if let device = result.newDevice { try? await client.user(result.tokens).forgetDevice(device.key) }
    var text = "This is the account \(printable(session.nameForPeople)), not the profile's."
    do {
      try await client.revoke(refreshToken: session.refreshToken)
    } catch {
      text += " Its sign-in could not be ended at the pool: \(printable("\(error)"))"
    }
    return CommandFailure(.refused, text, code: "otherAccount")
  }
}
