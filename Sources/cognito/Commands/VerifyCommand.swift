import ArgumentParser
import Cognito
import CognitoCredentials
import Glibc
import SystemSupport
import TokenCache

struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Checks a token as a server must (RS256, keys, issuer, client, use, time) and shows its claims.")

  @OptionGroup var profileOptions: ProfileOptions
  @OptionGroup var output: OutputOptions
  @Flag(help: "Read the token from standard input instead of taking the session's.")
  var stdin = false
  @Option(help: "What the token must be for: access or id.")
  var use: Use = .access

  enum Use: String, ExpressibleByArgument { case access, id }

  func run() async throws {
    let context = CommandContext()
    let profile = try context.profile(named: profileOptions.profile)
    let token: String
    if stdin {
      token = try Self.readToken()
    } else {
      token = try await context.token(use == .id ? .id : .access, of: profile).token
    }
    // The person who asks for the verdict may bring the keys; whatever gives out or renews tokens never looks there.
    let verifier = try profile.client(keys: JWKS.fromEnvironment()).verifier
    let verified = try await verifier.verify(token, use: use == .id ? .id : .access)
    let lines = (verified.claims.object ?? [:]).sorted { $0.key < $1.key }.map { name, value in
      "\(printable(name)) = \(printable(value.string ?? String(decoding: value.serialized(), as: UTF8.self)))"
    }
    try CommandResult(
      text: (["The token is valid."] + lines).joined(separator: "\n"),
      json: ["valid": true, "claims": verified.claims]
    ).print(asJSON: output.json)
  }

  private static func readToken() throws(CommandFailure) -> String {
    guard let bytes = Descriptor.readAll(STDIN_FILENO, maximumBytes: 65_536),
      let text = String(validating: bytes, as: UTF8.self)
    else { throw CommandFailure(.failed, "Standard input holds no token.") }
    let words = text.split(whereSeparator: \.isWhitespace)
    guard let token = words.first, words.count == 1 else {
      throw CommandFailure(.failed, "Standard input must hold one token and nothing else.")
    }
    return String(token)
  }
}
