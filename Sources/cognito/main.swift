import TokenCache

ProcessHardening.apply()
await CognitoCommand.run(Array(CommandLine.arguments.dropFirst()))
