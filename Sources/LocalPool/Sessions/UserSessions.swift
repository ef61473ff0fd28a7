import Cognito
import FoundationEssentials

/// Sessions as pools track them: each sign-in is one, and above the pool's number the least recently used of the user's ends.
enum UserSessions {
  static let disabled = PoolException(
    "OperationNotEnabledException", "Session tracking is not enabled for the user pool.")
  static let unknown = PoolException.resourceNotFound("Session does not exist.")
  /// AWS shows at most 125 sessions: 100 of apps, so 25 of browsers.
  static let mostInBrowsers = 25
  static let mostShown = 125

  private static let letters = "abcdefghijklmnopqrstuvwxyz0123456789"

  static func id(_ kind: String, _ random: Randomness) -> String { kind + random.text(25, from: letters) }

  /// A sign-in that got a refresh token. Where the pool tracks nothing, nothing happens.
  ///
  /// - Parameter parent: the browser's session that it came through.
  static func begin(
    _ token: RefreshTokenRecord, parent: String? = nil, by visitor: Visitor, in pool: PoolRecord,
    _ context: PoolContext, _ transaction: Transaction<ReadWrite>
  ) throws {
    guard pool.settings.tracksSessions else { return }
    let now = context.clock.now
    let active = try transaction.userSessions.leastRecentlyUsed(inApps: true, of: token.userID, at: now)
    for session in active.prefix(max(0, active.count + 1 - pool.settings.mostSessions)) {
      try end(session, at: now, transaction)
    }
    let parent = try parent.flatMap { try transaction.userSessions.find($0, of: token.userID, at: now)?.id }
    try transaction.userSessions.insert(
      UserSessionRecord(
        id: id("tkn", context.random), userID: token.userID, clientID: token.clientID, originJti: token.originJti,
        parent: parent, device: visitor.device, address: visitor.address, createdAt: now, lastActiveAt: now,
        expiresAt: token.expiresAt))
    try transaction.userSessions.touch(
      originJti: token.originJti, device: visitor.device, address: visitor.address, at: now)
  }

  /// A sign-in on the pages.
  static func begin(
    _ browser: BrowserSession, of user: UserRecord, client: ClientRecord, by visitor: Visitor, _ context: PoolContext,
    _ transaction: Transaction<ReadWrite>
  ) throws {
    guard let id = browser.tracked else { return }
    let now = context.clock.now
    let active = try transaction.userSessions.leastRecentlyUsed(inApps: false, of: user.id, at: now)
    for session in active.prefix(max(0, active.count + 1 - mostInBrowsers)) { try end(session, at: now, transaction) }
    try transaction.userSessions.insert(
      UserSessionRecord(
        id: id, userID: user.id, clientID: client.id, originJti: nil, parent: nil, device: visitor.device,
        address: visitor.address, createdAt: now, lastActiveAt: now,
        expiresAt: Date(timeIntervalSince1970: Double(browser.expires))))
  }

  /// A refresh or a rotation.
  static func touch(
    originJti: String, by visitor: Visitor, in pool: PoolRecord, at now: Date, _ transaction: Transaction<ReadWrite>
  ) throws {
    guard pool.settings.tracksSessions else { return }
    try transaction.userSessions.touch(
      originJti: originJti, device: visitor.device, address: visitor.address, at: now)
  }

  /// Ends a session: in an app its tokens are void, in a browser nobody is signed in any more.
  static func end(_ session: UserSessionRecord, at now: Date, _ transaction: Transaction<ReadWrite>) throws {
    if let origin = session.originJti { try Revocation.revoke(originJti: origin, at: now, transaction) }
    try transaction.userSessions.delete(session.id)
  }

  /// What a user or an administrator ends by its id.
  ///
  /// - Parameters:
  ///   - linked: whether the browser's session goes that an app's came through, or the apps' that came through a browser's.
  ///   - current: the sign-in of the caller, which must not be ended by this.
  static func revoke(
    _ id: String, of user: UserRecord, linked: Bool, current: String? = nil, _ context: PoolContext
  ) throws {
    let now = context.clock.now
    try context.store.write { transaction in
      guard let session = try transaction.userSessions.find(id, of: user.id, at: now) else { throw unknown }
      guard current == nil || session.originJti != current else {
        throw PoolException.invalidParameter("The current session can't be revoked by itself: sign out instead.")
      }
      let children = linked ? try transaction.userSessions.children(of: session.id) : []
      try end(session, at: now, transaction)
      for child in children where current == nil || child.originJti != current { try end(child, at: now, transaction) }
      if linked, let parent = session.parent { try transaction.userSessions.delete(parent) }
    }
  }

  /// `Sessions`.
  ///
  /// - Parameter current: the sign-in of the caller.
  static func list(of user: UserRecord, current: String?, _ request: OperationRequest) throws -> JSONValue {
    let after = try Paging.row(request.input, "NextToken", of: request.operation)
    let sessions = try request.context.store.read {
      try $0.userSessions.list(of: user.id, after: after, limit: mostShown + 1, at: request.context.clock.now)
    }
    let page = Paging.page(sessions, limit: mostShown, of: request.operation) { String($0.number) }
    return .fields([
      "Sessions": .array(page.items.map { $0.json(current: current) }), "NextToken": page.token,
    ])
  }
}

extension PoolSettings {
  var tracksSessions: Bool { sessionConfiguration?.userSessionTracking == "ENABLED" && hasEssentials }
  /// How many apps a user can be signed in to at a time.
  var mostSessions: Int { sessionConfiguration?.tokenSession?.maxPerUser ?? 20 }
}

extension ClientSettings {
  /// For how long after a sign-in in a browser the app takes it without a question; AWS's default is an hour.
  var browserSessionSeconds: Int64 { Int64(sessionConfiguration?.sSOSession?.maxValidityMinutes ?? 60) * 60 }
}
