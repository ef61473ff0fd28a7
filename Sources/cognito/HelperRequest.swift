import CognitoCredentials
import CredentialProtocols
import Glibc
import TokenCache

/// `cognito helper NAME …`: what cognito-helper couldn't answer from the cache. The request is on standard input, and
/// the client of the helper reads our output.
struct HelperRequest {
  private let name: HelperName?
  private let arguments: [String]
  private let context: CommandContext

  init(_ arguments: [String], context: CommandContext = CommandContext()) {
    name = arguments.first.flatMap(HelperName.init(rawValue:))
    self.arguments = Array(arguments.dropFirst())
    var context = context
    if let name { context.program = name.programName }
    self.context = context
  }

  /// - Returns: the exit code
  func run() async -> Int32 {
    guard let name else { return emit(HelperReply(message: "cognito: this is for the helper programs", exitCode: 64)) }
    var input: [UInt8] = []
    if name.type.readsInput(arguments) {
      guard let bytes = Descriptor.readAll(STDIN_FILENO, maximumBytes: HelperName.maximumInputBytes) else {
        return emit(HelperReply(message: "\(name.programName): the request can't be read", exitCode: 1))
      }
      input = bytes
    }
    let helper = name.type.init(arguments: arguments, input: input)
    if case .reply(let reply) = helper.action { return emit(reply) }
    do {
      return emit(helper.reply(to: try await outcome(of: helper.action)))
    } catch {
      return emit(helper.reply(to: .unavailable(reason: CommandFailure(error).message)))
    }
  }

  private func outcome(of action: HelperAction) async throws -> HelperOutcome {
    let profiles = try context.profiles()
    func serving(_ target: CredentialTarget) -> Profile? {
      profiles.serving(scheme: target.scheme, host: target.host, username: target.username)
    }
    switch action {
    case .reply: return .notServed
    case .get(let target):
      guard let profile = serving(target) else { return .notServed }
      let token = try await context.provider(for: profile, mayPrompt: false).token(profile.token)
      return .found(
        Credential(
          username: token.username, token: token.token, expiresAt: token.expiresAt,
          gitScheme: profile.gitScheme.flatMap { GitScheme(rawValue: $0.rawValue) }))
    case .erase(let target, let refused):
      guard let profile = serving(target) else { return .notServed }
      let cached = context.cache.token(profile.token, of: profile, now: context.now())
      if refused == nil || refused == cached?.token { context.cache.drop(profile.token, of: profile) }
      return .erased
    case .list:
      var listings: [HelperOutcome.Listing] = []
      for profile in profiles.all where !profile.hosts.isEmpty {
        // A profile that nobody is signed in to has nothing to list; one whose keyring is locked hasn't either.
        guard let session = try? await context.provider(for: profile, mayPrompt: false).session() else { continue }
        listings += profile.hosts.map { HelperOutcome.Listing(host: $0, username: session.username) }
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
