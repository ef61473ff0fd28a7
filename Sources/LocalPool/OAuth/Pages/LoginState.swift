import Cognito
import FoundationEssentials

/// What the sign-in page carries from one form to the next, sealed: what the client asked for, and the challenge.
struct LoginState: Codable, Sendable {
  private static let label = "login-page"

  let request: AuthorizationRequest
  var challenge: HostedChallenge?

  func sealed(_ context: PoolContext) throws -> String {
    Base64.encodeURL(context.sealer.seal([UInt8](try JSONEncoder().encode(self)), label: Self.label))
  }

  static func open(_ text: String, _ context: PoolContext) -> LoginState? {
    guard let sealed = Base64.decodeURL(text), let plain = context.sealer.open(sealed, label: label) else { return nil }
    return try? JSONDecoder().decode(LoginState.self, from: Data(plain))
  }
}
