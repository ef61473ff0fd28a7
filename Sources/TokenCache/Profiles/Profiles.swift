import SystemSupport

/// All profiles of this computer user: the user's own file first, then the administrator's.
package struct Profiles: Sendable {
  package static let systemFile = "/etc/cognito-login/profiles.conf"

  /// In order of precedence.
  package let all: [Profile]

  /// A profile of the user hides the administrator's profile of the same name.
  package init(user: [Profile], system: [Profile] = []) {
    let names = Set(user.map(\.name))
    all = user + system.filter { !names.contains($0.name) }
  }

  /// Reads both files; one that doesn't exist counts as empty.
  package static func load(
    userFile: String?, systemFile: String = systemFile
  ) throws(ConfigurationError) -> Profiles {
    Profiles(
      user: try userFile.map(read) ?? [],
      system: try read(systemFile))
  }

  private static func read(_ path: String) throws(ConfigurationError) -> [Profile] {
    let bytes: [UInt8]?
    do throws(TrustedFile.Failure) {
      bytes = try TrustedFile.read(path, maximumBytes: ProfileParser.maximumBytes)
    } catch {
      throw ConfigurationError(file: path, error)
    }
    return try bytes.map { content throws(ConfigurationError) in try ProfileParser.parse(content, file: path) } ?? []
  }

  package subscript(name: String) -> Profile? { all.first { $0.name == name } }

  /// The profile that serves a host, or nil: then the answer is "nothing", whatever else is configured.
  /// - Parameters:
  ///   - scheme: as the client says; nil when its protocol has none (docker)
  ///   - host: `host[:port]`; compared whole, ASCII case aside
  ///   - username: the account that the client asks for, if it does
  package func serving(scheme: String?, host: String, username: String?) -> Profile? {
    switch scheme {
    case "https", nil: break
    case "http" where HostName.isLoopback(host): break
    default: return nil
    }
    let wanted = HostName.lowercased(host)
    guard !wanted.isEmpty else { return nil }
    return all.first { profile in
      guard profile.hosts.contains(wanted) else { return false }
      guard let username, let own = profile.username else { return true }
      return username == own
    }
  }
}
