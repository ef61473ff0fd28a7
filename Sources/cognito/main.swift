import SystemSupport

ProcessHardening.apply()
await CognitoCommand.run(Array(CommandLine.arguments.dropFirst()))
