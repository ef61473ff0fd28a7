import Cognito
import FoundationEssentials

/// What an authorization code stands for. The code itself carries it, sealed; the store knows only which were used.
struct AuthorizationCode: Codable, Sendable {
  private static let label = "authorization-code"
  /// Seconds; Cognito's codes live five minutes.
  private static let lifetime: Int64 = 300

  let id: String
  let request: AuthorizationRequest
  let poolID: String
  let userID: Int64
  let authTime: Int64
  let expires: Int64
  /// The sign-in that the tokens will come from: named already now, so that a code used twice can end it.
  let originJti: String
  /// The id of the browser's session, in pools that track sessions.
  let browserSession: String?
  let acr: String?
  let amr: [String]?

  init(for request: AuthorizationRequest, _ session: BrowserSession, _ context: PoolContext) {
    id = context.random.uuid()
    self.request = request
    poolID = session.poolID
    userID = session.userID
    authTime = session.authTime
    browserSession = session.tracked
    (acr, amr) = (session.acr, session.amr)
    expires = context.clock.epoch + Self.lifetime
    originJti = context.random.uuid()
  }

  func sealed(_ context: PoolContext) throws -> String {
    Base64.encodeURL(context.sealer.seal([UInt8](try JSONEncoder().encode(self)), label: Self.label))
  }

  /// Nil for text that isn't a code of ours; its age isn't looked at.
  static func open(_ text: String, _ context: PoolContext) -> AuthorizationCode? {
    guard let sealed = Base64.decodeURL(text), let plain = context.sealer.open(sealed, label: label) else { return nil }
    return try? JSONDecoder().decode(AuthorizationCode.self, from: Data(plain))
  }
}
