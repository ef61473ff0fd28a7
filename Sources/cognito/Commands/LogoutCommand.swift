import ArgumentParser
import Cognito
import CognitoCredentials
import TokenCache

struct LogoutCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "logout",
    abstract: "Ends the session: at the pool on all devices, in the keyring, in the kernel and at the login daemon.")

  @OptionGroup var profileOptions: ProfileOptions
  @OptionGroup var output: OutputOptions
  @Flag(help: "Leave the user's sessions on other devices alone.")
  var thisSessionOnly = false

  func run() async throws {
    let context = CommandContext()
    let profile = try context.profile(named: profileOptions.profile)
    let report = try await context.provider(for: profile, mayPrompt: true).signOut { session, accessToken in
      try await PoolSessions().end(session, accessToken, for: profile, everywhere: !thisSessionOnly)
    }
    if let failure = report.poolFailure {
      throw CommandFailure(
        .poolUnreachable,
        "Signed out on this machine, but the pool could not be told, so the session may live on there. \(failure)",
        code: "poolNotTold")
    }
    if let failure = report.daemonFailure {
      throw CommandFailure(
        .daemon, "Signed out, but the login daemon could not be told. \(failure)", code: "daemonNotTold")
    }
    try CommandResult(
      text: report.wasSignedIn
        ? "Signed out of profile \(profile.name). Tokens that were copied out stay good until they expire."
        : "Nobody was signed in to profile \(profile.name).",
      json: ["profile": .string(profile.name), "was_signed_in": .bool(report.wasSignedIn)]
    ).print(asJSON: output.json)
  }
}
