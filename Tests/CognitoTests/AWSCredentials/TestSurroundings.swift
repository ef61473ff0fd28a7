import Cognito
import FoundationEssentials

extension AWSSurroundings {
  /// A machine with these variables and files, and nothing else.
  static func machine(_ environment: [String: String] = [:], files: [String: String] = [:]) -> AWSSurroundings {
    var environment = environment
    if environment["HOME"] == nil { environment["HOME"] = "/home/ada" }
    return AWSSurroundings(
      environment: environment, readFile: { path in files[path].map { Array($0.utf8) } },
      now: { Date(timeIntervalSince1970: 1_800_000_000) })
  }
}
