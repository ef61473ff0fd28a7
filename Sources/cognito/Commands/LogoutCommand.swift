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
    // Who doesn't open the keyring is signed out all the same, as far as that goes.
    try? context.places().unlock(profile)
    let report = try await context.provider(for: profile).signOut { target in
      try await PoolSessions().end(target, for: profile, everywhere: !thisSessionOnly)
    }
    if let left = report.left { throw Self.failure(report, left) }
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

  /// What was done although the store couldn't be emptied, and what is left to do.
  private static func failure(_ report: SignOutReport, _ left: SessionStoreError) -> CommandFailure {
    let pool =
      report.poolFailure.map { "the pool could not be told, so the session lives on there: \($0)" }
      ?? "the pool has ended the session."
    return CommandFailure(
      .keyring,
      "Nothing here gives out a token of it any more, and \(pool) The stored session is left: \(left.sentence) "
        + "Once that is mended, `cognito logout` takes it out.",
      code: report.poolFailure == nil ? "sessionLeft" : "sessionLeftAndAlive")
  }
}
