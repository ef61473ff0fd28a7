import CredentialProtocols
import Glibc
import SystemSupport
import TokenCache

/// Answers from the kernel's keyring, and leaves everything else to `cognito helper`: libcurl and libsecret take longer
/// to load than this whole program runs.
struct HelperProgram {
  private let arguments: [String]
  private let name: HelperName?
  private let cache: any TokenCaching
  private let directories: UserDirectories

  init(
    arguments: [String], cache: any TokenCaching = KernelTokenCache(), directories: UserDirectories = .current
  ) {
    self.arguments = Array(arguments.dropFirst())
    name = arguments.first.flatMap(HelperName.init(programPath:))
    self.cache = cache
    self.directories = directories
  }

  /// - Returns: the exit code; doesn't return when `cognito` took over.
  func run() -> Int32 {
    guard let name else {
      let names = HelperName.allCases.map(\.programName).joined(separator: " or ")
      return HelperReply(message: "cognito-helper: run me by the name \(names)", exitCode: 64).write()
    }
    let run = HelperRun(name, arguments: arguments)
    do throws(ConfigurationError) {
      if let outcome = try outcome(of: run.action) { return run.answer(outcome) }
      Takeover(name: name, arguments: arguments, input: run.input).run()
      let reason = "the program `cognito` is neither beside this one nor in PATH: install it"
      return run.answer(.unavailable(reason: reason))
    } catch {
      return run.answer(.unavailable(reason: "\(error)"))
    }
  }

  /// - Returns: nil when the cache doesn't hold the answer.
  private func outcome(of action: HelperAction) throws(ConfigurationError) -> HelperOutcome? {
    // Nothing to look up, so no profiles that could be wrong.
    if case .reply = action { return .notServed }
    let profiles = try Profiles.load(userFile: directories.profilesFile)
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    switch action {
    case .reply: return .notServed
    case .get(let target):
      guard let profile = profiles.serving(target) else { return .notServed }
      guard let token = cache.token(profile.token, of: profile, now: Int64(now.tv_sec)) else { return nil }
      return .found(
        Credential(
          username: token.username, token: token.token, expiresAt: token.expiresAt,
          gitScheme: profile.gitScheme.flatMap { GitScheme(rawValue: $0.rawValue) }))
    case .erase(let target, let refused):
      guard let profile = profiles.serving(target) else { return .notServed }
      let cached = cache.token(profile.token, of: profile, now: Int64(now.tv_sec))
      if refused == nil || refused == cached?.token { cache.drop(profile.token, of: profile) }
      return .erased
    case .list:
      var listings: [HelperOutcome.Listing] = []
      for profile in profiles.all where !profile.hosts.isEmpty {
        guard let token = cache.token(profile.token, of: profile, now: Int64(now.tv_sec)) else { return nil }
        listings += profile.hosts.map { HelperOutcome.Listing(host: $0, username: token.username) }
      }
      return .listed(listings)
    }
  }
}

extension Profiles {
  func serving(_ target: CredentialTarget) -> Profile? {
    serving(scheme: target.scheme, host: target.host, username: target.username)
  }
}
