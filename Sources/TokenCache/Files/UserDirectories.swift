import Glibc

/// Where a user's files are, by the XDG base directory specification. Values that aren't absolute are ignored, as it
/// asks for.
package struct UserDirectories: Equatable, Sendable {
  package var profilesFile: String?
  /// Sessions (`store = file`) and locks.
  package var state: String?

  package init(profilesFile: String?, state: String?) {
    self.profilesFile = profilesFile
    self.state = state
  }

  /// - Parameter variable: looks an environment variable up
  package init(environment variable: (String) -> String?) {
    func directory(_ name: String, _ fallback: String) -> String? {
      if let value = variable(name), value.utf8.first == UInt8(ascii: "/") { return value + "/cognito-login" }
      guard let home = variable("HOME"), home.utf8.first == UInt8(ascii: "/") else { return nil }
      return "\(home)/\(fallback)/cognito-login"
    }
    profilesFile = directory("XDG_CONFIG_HOME", ".config").map { $0 + "/profiles.conf" }
    state = directory("XDG_STATE_HOME", ".local/state")
  }

  package static var current: UserDirectories {
    UserDirectories { name in getenv(name).map { String(cString: $0) } }
  }
}
