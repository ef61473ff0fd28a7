import FoundationEssentials
import Synchronization

/// A signed-in user's tokens, kept fresh.
///
/// It can be shared by any number of tasks: however many of them ask for a token when it has expired, one request
/// renews it. It can be made again from tokens that were saved.
public final class UserSession: Sendable {
  private struct State {
    var tokens: TokenSet?
    /// Renewed, but not saved yet, so not handed out yet either.
    var unsaved: TokenSet?
  }

  /// The app client that the session belongs to.
  public let client: UserPoolClient
  private let margin: TimeInterval
  private let save: (@Sendable (TokenSet) async throws -> Void)?
  private let signIn: (@Sendable () async throws -> TokenSet)?
  private let state: Mutex<State>
  private let flight = SingleFlight<TokenSet>()

  /// - Parameters:
  ///   - tokens: of a sign-in, or saved ones.
  ///   - margin: seconds before their end at which tokens are renewed.
  ///   - save: keeps renewed tokens. It is called before anybody gets them: with rotation, a refresh token that isn't
  ///     saved is lost.
  ///   - signIn: signs in, when there are no tokens or they can't be renewed any more.
  public init(
    client: UserPoolClient, tokens: TokenSet? = nil, margin: TimeInterval = 60,
    save: (@Sendable (TokenSet) async throws -> Void)? = nil,
    signIn: (@Sendable () async throws -> TokenSet)? = nil
  ) {
    self.client = client
    self.margin = margin
    self.save = save
    self.signIn = signIn
    state = Mutex(State(tokens: tokens))
  }

  /// A session that signs in by SRP when it must, for services that have a user of their own. It keeps the password in
  /// memory.
  ///
  /// - Parameter device: a remembered device, if a second factor is to be spared.
  public convenience init(
    client: UserPoolClient, username: String, password: Secret, device: RememberedDevice? = nil
  ) {
    let signIn: @Sendable () async throws -> TokenSet = {
      let step = try await client.signIn(username, device: device).start(.srp(password: password))
      guard case .done(let result) = step else {
        throw CognitoError(
          .signInRequired, "The pool asks for more than the password, which only a person can answer.")
      }
      return result.tokens
    }
    self.init(client: client, signIn: signIn)
  }

  /// The tokens as they are, expired or not. No request is made.
  public var currentTokens: TokenSet? { state.withLock { $0.tokens } }

  /// Tokens that are valid for at least the margin.
  ///
  /// - Parameter rejected: an id or access token that a server has refused though it had not expired: the tokens are
  ///   renewed unless that has been done already.
  /// - Throws: ``CognitoError``; with ``CognitoError/Code/signInRequired``, `refreshTokenRejected` or
  ///   `refreshTokenReuse` the user must sign in again.
  public func tokens(replacing rejected: String? = nil) async throws -> TokenSet {
    if let tokens = usable(rejected) { return tokens }
    return try await flight.run { try await self.fresh(rejected) }
  }

  /// An id or access token that is valid for at least the margin.
  public func token(_ use: TokenUse) async throws -> String { try await tokens()[use] }

  /// Ends the session: at the service, then here.
  ///
  /// - Parameter everywhere: whether to end all sessions of the user, on all devices.
  /// - Throws: why the service could not end it; it is over here all the same.
  public func signOut(everywhere: Bool = false) async throws {
    let tokens = state.withLock { state in
      defer { state = State() }
      return state.unsaved ?? state.tokens
    }
    guard let tokens else { return }
    if everywhere {
      try await client.globalSignOut(accessToken: tokens.accessToken)
    } else if let refreshToken = tokens.refreshToken {
      try await client.revoke(refreshToken: refreshToken)
    }
  }

  private func usable(_ rejected: String?) -> TokenSet? {
    let (tokens, unsaved) = state.withLock { ($0.tokens, $0.unsaved) }
    guard unsaved == nil, let tokens, !tokens.isExpired(at: client.service.settings.now(), margin: margin) else {
      return nil
    }
    guard let rejected else { return tokens }
    return tokens.idToken == rejected || tokens.accessToken == rejected ? nil : tokens
  }

  /// Runs once at a time.
  private func fresh(_ rejected: String?) async throws -> TokenSet {
    // The flight before this one may have seen to it.
    if let tokens = usable(rejected) { return tokens }
    if let unsaved = state.withLock({ $0.unsaved }) { return try await keep(unsaved) }
    let old = currentTokens
    guard let old, let refreshToken = old.refreshToken else { return try await signInAgain(nil) }
    do {
      let tokens = try await client.renew(
        refreshToken: refreshToken, username: old.username, deviceKey: old.deviceKey)
      return try await keep(tokens)
    } catch let error as CognitoError where error.code == .refreshTokenRejected || error.code == .refreshTokenReuse {
      return try await signInAgain(error)
    }
  }

  private func signInAgain(_ reason: CognitoError?) async throws -> TokenSet {
    guard let signIn else { throw reason ?? CognitoError(.signInRequired, "There is no session to renew.") }
    return try await keep(try await signIn())
  }

  private func keep(_ tokens: TokenSet) async throws -> TokenSet {
    state.withLock { $0.unsaved = tokens }
    try await save?(tokens)
    state.withLock { $0 = State(tokens: tokens) }
    return tokens
  }
}
