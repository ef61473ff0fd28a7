import Cognito
import FoundationEssentials

/// What the pages carry from one form to the next, sealed: what the client asked for, and how far the person has come.
struct LoginState: Codable, Sendable {
  private static let label = "login-page"

  let request: AuthorizationRequest
  var challenge: HostedChallenge?
  /// Whom the code is for that a page asks for.
  var account: Account?

  /// An account whose owner has yet to show a code.
  struct Account: Codable, Sendable {
    /// As it was typed.
    let login: String
    /// The user whose password was just chosen or shown to be known in this form: the code makes the sign-in whole.
    var userID: Int64?
    /// How long that counts.
    var expires: Int64 = 0
  }

  func sealed(_ context: PoolContext) throws -> String {
    Base64.encodeURL(context.sealer.seal([UInt8](try JSONEncoder().encode(self)), label: Self.label))
  }

  static func open(_ text: String, _ context: PoolContext) -> LoginState? {
    guard let sealed = Base64.decodeURL(text), let plain = context.sealer.open(sealed, label: label) else { return nil }
    return try? JSONDecoder().decode(LoginState.self, from: Data(plain))
  }
}
