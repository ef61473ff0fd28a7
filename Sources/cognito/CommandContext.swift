import Cognito
import CognitoCredentials
import FoundationEssentials
import Glibc
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

  func places() throws -> SessionPlaces {
    let state = try state()
    return SessionPlaces(
      desktop: SecretServiceStore(), kernel: KernelPersistentStore(), file: FileStore(state: state),
      records: SessionRecords(state: state), now: now)
  }

  /// A provider asks nobody: where a keyring may have to be opened, `places().unlock` comes first, outside the lock.
  func provider(for profile: Profile) throws -> TokenProvider {
    let daemon = profile.loginSocket.map { LoginDaemon(socketPath: $0, now: now) } ?? LoginDaemon(now: now)
    return TokenProvider(
      profile: profile, cache: cache, store: try places(),
      lock: CredentialLock(state: try state()), renewer: PoolSessions(program: program), leases: daemon, now: now)
  }

  /// A token, after the person was asked to open the keyring if that is what it takes.
  func token(_ kind: TokenKind, of profile: Profile) async throws -> CachedToken {
    if cache.token(kind, of: profile, now: now()) == nil { try places().unlock(profile) }
    let issued = try await provider(for: profile).issue(kind)
    tell(issued.kept)
    return issued.token
  }

  /// Says on standard error where a login's session was put, unless that is where everybody expects it.
  func tell(_ placement: Placement?) {
    guard let placement, placement.place != .secretService else { return }
    let line = "\(program): \(printable(placement.sentence)) `cognito status` tells more.\n"
    Descriptor.writeAll(STDERR_FILENO, Array(line.utf8))
  }

  private func state() throws -> String {
    guard let state = directories.state else {
      throw CommandFailure(.configuration, "HOME is not set, so there is no place for locks.", code: "noHome")
    }
    return state
  }
}
