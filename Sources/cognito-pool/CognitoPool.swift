import ArgumentParser
import SystemSupport

struct CognitoPool: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cognito-pool",
    abstract: "An Amazon Cognito user pool on this machine, for trials, lessons and tests.",
    subcommands: [
      Serve.self, UserCommand.self, GroupCommand.self, ClientCommand.self, PoolCommand.self, OutboxCommand.self,
      BackupCommand.self,
    ])
}
