import ArgumentParser
import Glibc
import SystemSupport

struct CognitoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cognito",
    abstract: "Signs in to an Amazon Cognito user pool once, and keeps git, docker and others supplied with tokens.",
    discussion: """
      Exit codes: 0 done; 1 failed; 2 nobody is signed in; 3 the pool refused; 4 the keyring can't be used; \
      5 no answer, or nonsense, from the pool; 6 configuration; 7 the login daemon; 64 usage; 130 interrupted.
      """,
    version: Version.current,
    subcommands: [
      ConfigureCommand.self, LoginCommand.self, StatusCommand.self, TokenCommand.self, LogoutCommand.self,
      VerifyCommand.self, SetupCommand.self, AdminCommand.self,
    ])

  /// Runs a command line and ends the program.
  static func run(_ arguments: [String]) async -> Never {
    // What the helpers hand over: no options, no usage texts, nothing but the protocol.
    if arguments.first == "helper" { await exit(HelperRequest(Array(arguments.dropFirst())).run()) }
    do {
      var command = try parseAsRoot(arguments)
      do {
        if var asynchronous = command as? any AsyncParsableCommand {
          try await asynchronous.run()
        } else {
          try command.run()
        }
        exit(EXIT_SUCCESS)
      } catch let error where CommandFailure.isOurs(error) {
        Glibc.exit(CommandFailure(error).report(asJSON: arguments.contains("--json")))
      }
    } catch {
      exit(withError: error)
    }
  }

  private static func exit(_ code: Int32) -> Never { Glibc.exit(code) }
}
