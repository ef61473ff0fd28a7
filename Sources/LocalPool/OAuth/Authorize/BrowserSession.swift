import Cognito
import FoundationEssentials

/// A browser in which somebody has signed in: for an hour it isn't asked again, as with Cognito.
struct BrowserSession: Codable, Sendable {
  private static let cookie = "cognito-pool-session"
  private static let label = "browser-session"
  private static let lifetime: Int64 = 3600

  let id: String
  let poolID: String
  let userID: Int64
  let authTime: Int64
  let expires: Int64

  init(of user: UserRecord, _ context: PoolContext) {
    id = context.random.uuid()
    poolID = user.poolID
    userID = user.id
    authTime = context.clock.epoch
    expires = context.clock.epoch + Self.lifetime
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
    return Cookies.header(Self.cookie, text, seconds: Self.lifetime, context)
  }

  /// Ends the session: a copied cookie is of no use any more.
  func end(_ context: PoolContext) throws {
    let until = Date(timeIntervalSince1970: Double(expires))
    _ = try context.store.write { try $0.sessions.use(Array(id.utf8), expiresAt: until) }
  }

  static func removal(_ context: PoolContext) -> (name: String, value: String) {
    Cookies.header(cookie, "", seconds: 0, context)
  }
}
