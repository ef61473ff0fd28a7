import Cognito
import CognitoCredentials
import FoundationEssentials
import SystemSupport
import TokenCache

/// The world as the commands see it: this user's files, keyrings and clock.
struct CommandContext: Sendable {
  /// What the user's list of sessions calls this program.
  var program = "cognito"
  var directories = UserDirectories.current
  var cache: any TokenCaching = KernelTokenCache()
  var now: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970) }

  func profiles() throws(ConfigurationError) -> Profiles { try Profiles.load(userFile: directories.profilesFile) }

  /// The profile of that name; with no name, the only one, or the one called `default`.
  func profile(named name: String?) throws -> Profile {
    let profiles = try profiles()
    let names = profiles.all.map(\.name).joined(separator: ", ")
    if let name {
      if let profile = profiles[name] { return profile }
      let known = names.isEmpty ? "There are none yet." : "There are: \(names)."
      throw CommandFailure(.configuration, "There is no profile `\(name)`. \(known)", code: "noProfile")
    }
    if let only = profiles.all.first, profiles.all.count == 1 { return only }
    if let standard = profiles["default"] { return standard }
    guard !profiles.all.isEmpty else {
      throw CommandFailure(
        .configuration, "There is no profile yet. Make one with `cognito configure`.", code: "noProfile")
    }
    throw CommandFailure(.configuration, "Say which profile: `--profile` with one of \(names).", code: "whichProfile")
  }

  func store(for profile: Profile, mayPrompt: Bool) throws -> any SessionStore {
    switch profile.store {
    case .secretService: return SecretServiceStore(mayPrompt: mayPrompt)
    case .kernel: return KernelPersistentStore()
    case .file: return FileStore(state: try state())
    }
  }

  func provider(for profile: Profile, mayPrompt: Bool) throws -> TokenProvider {
    let daemon = profile.loginSocket.map { LoginDaemon(socketPath: $0, now: now) } ?? LoginDaemon(now: now)
    return TokenProvider(
      profile: profile, cache: cache, store: try store(for: profile, mayPrompt: mayPrompt),
      lock: CredentialLock(state: try state()), renewer: PoolSessions(program: program), leases: daemon, now: now)
  }

  private func state() throws -> String {
    guard let state = directories.state else {
      throw CommandFailure(.configuration, "HOME is not set, so there is no place for locks.", code: "noHome")
    }
    return state
  }
}
