import Cognito
import FoundationEssentials

/// A browser in which somebody has signed in: for an hour it isn't asked again, as with Cognito. In a pool that tracks sessions,
/// each app client says for how long, and the session can be ended from elsewhere.
struct BrowserSession: Codable, Sendable {
  private static let cookie = "cognito-pool-session"
  private static let label = "browser-session"
  private static let lifetime: Int64 = 3600
  /// The longest that an app client can take a tracked session for: 90 days.
  private static let longestTracked: Int64 = 129_600 * 60

  let id: String
  let poolID: String
  let userID: Int64
  let authTime: Int64
  let expires: Int64
  /// The id of the user's session, in pools that track sessions.
  let tracked: String?
  let acr: String?
  let amr: [String]?

  private init(of user: UserRecord, _ strength: AuthenticationStrength, tracked: String?, _ context: PoolContext) {
    id = context.random.uuid()
    poolID = user.poolID
    userID = user.id
    authTime = context.clock.epoch
    expires = context.clock.epoch + (tracked == nil ? Self.lifetime : Self.longestTracked)
    self.tracked = tracked
    (acr, amr) = (strength.acr, strength.amr)
  }

  /// Somebody has signed in on the pages.
  static func begin(
    of user: UserRecord, _ strength: AuthenticationStrength, _ post: HostedPost
  ) throws -> BrowserSession {
    let context = post.context
    guard post.pool.settings.tracksSessions else {
      return BrowserSession(of: user, strength, tracked: nil, context)
    }
    let session = BrowserSession(of: user, strength, tracked: UserSessions.id("sso", context.random), context)
    try context.store.write {
      try UserSessions.begin(session, of: user, client: post.client, by: Visitor(post.request), context, $0)
    }
    return session
  }

  /// Whether this client takes the session without a question.
  func isGood(for client: ClientRecord, in pool: PoolRecord, _ context: PoolContext) throws -> Bool {
    let age = context.clock.epoch - authTime
    guard let tracked, pool.settings.tracksSessions else { return age < Self.lifetime }
    let isAlive = try context.store.read {
      try $0.userSessions.find(tracked, of: userID, at: context.clock.now) != nil
    }
    return isAlive && age < client.settings.browserSessionSeconds
  }

  /// Whether it is young enough, and strong enough, for what the client asks for.
  func isEnough(
    for request: AuthorizationRequest, _ user: UserRecord, _ pool: PoolRecord, _ context: PoolContext
  ) -> Bool {
    // 0 asks for a new proof, however young this one is.
    if let longest = request.maxAge, longest == 0 || context.clock.epoch - authTime > longest { return false }
    guard let target = HostedLevel.target(of: request, user, in: pool) else { return true }
    let level = acr.flatMap { pool.settings.acrNames.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
    return level >= target
  }

  /// The session that a request's cookie carries, unless it has ended.
  static func of(_ request: PoolRequest, _ context: PoolContext) throws -> BrowserSession? {
    guard
      let text = Cookies.value(cookie, in: request), let sealed = Base64.decodeURL(text),
      let plain = context.sealer.open(sealed, label: label),
      let session = try? JSONDecoder().decode(BrowserSession.self, from: Data(plain)),
      session.expires > context.clock.epoch,
      try !context.store.read({ try $0.sessions.isUsed(Array(session.id.utf8)) })
    else { return nil }
    return session
  }

  func header(_ context: PoolContext) throws -> (name: String, value: String) {
    let text = Base64.encodeURL(context.sealer.seal([UInt8](try JSONEncoder().encode(self)), label: Self.label))
    return Cookies.header(Self.cookie, text, seconds: expires - context.clock.epoch, context)
  }

  /// Ends the session: a copied cookie is of no use any more.
  func end(_ context: PoolContext) throws {
    let until = Date(timeIntervalSince1970: Double(expires))
    try context.store.write { transaction in
      _ = try transaction.sessions.use(Array(id.utf8), expiresAt: until)
      if let tracked { try transaction.userSessions.delete(tracked) }
    }
  }

  static func removal(_ context: PoolContext) -> (name: String, value: String) {
    Cookies.header(cookie, "", seconds: 0, context)
  }
}
