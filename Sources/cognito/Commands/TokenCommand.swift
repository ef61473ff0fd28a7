import ArgumentParser
import Cognito
import CognitoCredentials
import TokenCache

struct TokenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token", abstract: "Prints a fresh token, for use in another program's input.")

  @OptionGroup var profileOptions: ProfileOptions
  @OptionGroup var output: OutputOptions
  @Flag(help: "Which token: access or id. Otherwise the one that the profile names.")
  var kind: Kind?

  enum Kind: EnumerableFlag { case access, id }

  func run() async throws {
    let context = CommandContext()
    let profile = try context.profile(named: profileOptions.profile)
    let wanted: TokenKind =
      switch kind {
      case .access: .access
      case .id: .id
      case nil: profile.token
      }
    let token = try await context.token(wanted, of: profile)
    try CommandResult(
      text: token.token,
      json: [
        "token": .string(token.token), "token_use": .string(wanted.rawValue), "username": .string(token.username),
        "expires_at": .int(token.expiresAt),
      ]
    ).print(asJSON: output.json)
  }
}
