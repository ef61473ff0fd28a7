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
    /// What began before a sign-out is not kept after it.
    var signOuts = 0
  }

  /// The app client that the session belongs to.
  public let client: UserPoolClient
  private let margin: Duration
  private let save: (@Sendable (TokenSet) async throws -> Void)?
  private let signIn: (@Sendable () async throws -> TokenSet)?
  private let state: Mutex<State>
  private let flight = SingleFlight<TokenSet>()

  /// - Parameters:
  ///   - client: the app client that the tokens are for.
  ///   - tokens: of a sign-in, or saved ones.
  ///   - margin: how long before their end tokens are renewed.
  ///   - save: keeps renewed tokens. It is called before anybody gets them. With rotation it is called twice: first with
  ///     the new refresh token beside the old tokens, as soon as it is there (a refresh token that isn't saved is lost,
  ///     and the other tokens can still turn out wrong), then with all of the new.
  ///   - signIn: signs in, when there are no tokens or they can't be renewed any more.
  public init(
    client: UserPoolClient, tokens: TokenSet? = nil, margin: Duration = .seconds(60),
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
  /// memory. In a pool that tracks devices it confirms the one that it gets, so that its tokens can be renewed, and
  /// signs in with it from then on.
  ///
  /// - Parameters:
  ///   - client: the app client to sign in with.
  ///   - username: or an alias.
  ///   - password: the user's.
  ///   - device: a remembered device, if a second factor is to be spared.
  ///   - deviceName: what the user's list of devices calls this service; by default the machine's name.
  public convenience init(
    client: UserPoolClient, username: String, password: Secret, device: RememberedDevice? = nil,
    deviceName: String? = nil
  ) {
    let known = KnownDevice(device)
    let signIn: @Sendable () async throws -> TokenSet = {
      let step = try await client.signIn(username, device: known.device).start(.srp(password: password))
      guard case .done(let result) = step else {
        throw CognitoError(
          .signInRequired, "The pool asks for more than the password, which only a person can answer.")
      }
      // A device that can't be confirmed costs a sign-in at the next renewal, and nothing else.
      let name = deviceName ?? NewDevice.suggestedName(for: "service")
      if let confirmed = try? await client.confirmNewDevice(of: result, name: name) {
        known.device = confirmed.device
      } else if result.deviceWasForgotten {
        known.device = nil
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
  ///   `refreshTokenReuse` the user must sign in again. An error of `save` or `signIn` that is none is the cause of a
  ///   ``CognitoError/Code/callbackFailed``.
  public func tokens(replacing rejected: String? = nil) async throws(CognitoError) -> TokenSet {
    if let tokens = usable(rejected) { return tokens }
    return try await CognitoError.typed { try await flight.run { try await self.fresh(rejected) } }
  }

  /// An id or access token that is valid for at least the margin.
  ///
  /// - Parameter use: which of the two.
  /// - Throws: as ``tokens(replacing:)`` does.
  public func token(_ use: TokenUse) async throws(CognitoError) -> String { try await tokens()[use] }

  /// Ends the session: at the service, then here.
  ///
  /// - Parameter everywhere: whether to end all sessions of the user, on all devices.
  /// - Throws: why the service could not end it; it is over here all the same.
  public func signOut(everywhere: Bool = false) async throws(CognitoError) {
    let tokens = state.withLock { state in
      defer { state = State(signOuts: state.signOuts + 1) }
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
  private func fresh(_ rejected: String?) async throws(CognitoError) -> TokenSet {
    let (unsaved, signOuts) = state.withLock { ($0.unsaved, $0.signOuts) }
    if let unsaved { _ = try await keep(unsaved, since: signOuts) }
    // The flight before this one may have seen to it.
    if let tokens = usable(rejected) { return tokens }
    guard let old = currentTokens, let refreshToken = old.refreshToken else {
      return try await signInAgain(nil, since: signOuts)
    }
    do {
      let tokens = try await CognitoError.typed {
        try await client.renew(
          refreshToken: refreshToken, username: old.username, deviceKey: old.deviceKey
        ) { new in
          // The old one is spent, whatever becomes of the tokens that came with it. What can't be saved now is saved
          // with them, or first thing next time.
          _ = try? await keep(old.with(refreshToken: new), since: signOuts)
        }
      }
      return try await handOut(tokens, since: signOuts)
    } catch  where error.code == .refreshTokenRejected || error.code == .refreshTokenReuse {
      return try await signInAgain(error, since: signOuts)
    }
  }

  private func signInAgain(_ reason: CognitoError?, since signOuts: Int) async throws(CognitoError) -> TokenSet {
    guard let signIn else { throw reason ?? CognitoError(.signInRequired, "There is no session to renew.") }
    return try await handOut(try await CognitoError.typed { try await signIn() }, since: signOuts)
  }

  private func handOut(_ tokens: TokenSet, since signOuts: Int) async throws(CognitoError) -> TokenSet {
    if try await keep(tokens, since: signOuts) { return tokens }
    if let refreshToken = tokens.refreshToken { try? await client.revoke(refreshToken: refreshToken) }
    throw CognitoError(.signInRequired, "The user has signed out while the tokens were renewed.")
  }

  /// - Returns: false when the user has signed out meanwhile: then the tokens are not kept.
  private func keep(_ tokens: TokenSet, since signOuts: Int) async throws(CognitoError) -> Bool {
    guard change(since: signOuts, { $0.unsaved = tokens }) else { return false }
    if let save { try await CognitoError.typed { try await save(tokens) } }
    return change(since: signOuts) { ($0.tokens, $0.unsaved) = (tokens, nil) }
  }

  private func change(since signOuts: Int, _ body: (inout State) -> Void) -> Bool {
    state.withLock { state in
      guard state.signOuts == signOuts else { return false }
      body(&state)
      return true
    }
  }
}

/// The device that a session signs in with.
private final class KnownDevice: Sendable {
  private let value: Mutex<RememberedDevice?>

  init(_ device: RememberedDevice?) { value = Mutex(device) }

  var device: RememberedDevice? {
    get { value.withLock { $0 } }
    set { value.withLock { $0 = newValue } }
  }
}
