import ArgumentParser
import SystemSupport

// In a function, because only there `main` means the one that waits.
func start() async { await CognitoLogind.main() }

ProcessHardening.apply()
await start()
