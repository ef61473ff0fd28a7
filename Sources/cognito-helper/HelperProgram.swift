import CredentialProtocols
import Glibc
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
      return emit(HelperReply(message: "cognito-helper: run me by the name \(names)", exitCode: 64))
    }
    let type = name.type
    var input: [UInt8] = []
    if type.readsInput(arguments) {
      guard
        let bytes = Descriptor.readAll(
          STDIN_FILENO, maximumBytes: HelperName.maximumInputBytes, until: type.isComplete)
      else { return emit(HelperReply(message: "\(name.programName): the request can't be read", exitCode: 1)) }
      input = bytes
    }
    let helper = type.init(arguments: arguments, input: input)
    if case .reply(let reply) = helper.action { return emit(reply) }
    do throws(ProfileError) {
      let profiles = try Profiles.load(userFile: directories.profilesFile)
      guard let outcome = outcome(of: helper.action, profiles) else {
        Takeover(name: name, arguments: arguments, input: input).run()
        let reason = "the program `cognito` is neither beside this one nor in PATH: install it"
        return emit(helper.reply(to: .unavailable(reason: reason)))
      }
      return emit(helper.reply(to: outcome))
    } catch {
      return emit(helper.reply(to: .unavailable(reason: "\(error)")))
    }
  }

  /// - Returns: nil when the cache doesn't hold the answer.
  private func outcome(of action: HelperAction, _ profiles: Profiles) -> HelperOutcome? {
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

  private func emit(_ reply: HelperReply) -> Int32 {
    if let message = reply.message { Descriptor.writeAll(STDERR_FILENO, Array("\(message)\n".utf8)) }
    guard Descriptor.writeAll(STDOUT_FILENO, reply.output) else { return 1 }
    return reply.exitCode
  }
}

extension Profiles {
  func serving(_ target: CredentialTarget) -> Profile? {
    serving(scheme: target.scheme, host: target.host, username: target.username)
  }
}
