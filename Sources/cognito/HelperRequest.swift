import CognitoCredentials
import CredentialProtocols
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
    guard let name else {
      return HelperReply(message: "cognito: this is for the helper programs", exitCode: 64).write()
    }
    let run = HelperRun(name, arguments: arguments)
    do {
      return run.answer(try await outcome(of: run.action))
    } catch {
      return run.answer(.unavailable(reason: CommandFailure(error).message))
    }
  }

  private func outcome(of action: HelperAction) async throws -> HelperOutcome {
    switch action {
    // What is erased lies in the cache: cognito-helper does it, and never comes here for it.
    case .reply, .erase: return .notServed
    case .get(let target):
      let profile = try context.profiles().serving(
        scheme: target.scheme, host: target.host, username: target.username)
      guard let profile else { return .notServed }
      let issued = try await context.provider(for: profile).issue(profile.token)
      context.tell(issued.kept)
      let token = issued.token
      return .found(
        Credential(
          username: token.username, token: token.token, expiresAt: token.expiresAt,
          gitScheme: profile.gitScheme.flatMap { GitScheme(rawValue: $0.rawValue) }))
    case .list:
      var listings: [HelperOutcome.Listing] = []
      for profile in try context.profiles().all where !profile.hosts.isEmpty {
        // A profile that nobody is signed in to has nothing to list; one whose keyring is locked hasn't either.
        guard let session = try? await context.provider(for: profile).session().session else { continue }
        listings += profile.hosts.map { HelperOutcome.Listing(host: $0, username: session.username) }
      }
      return .listed(listings)
    }
  }
}
