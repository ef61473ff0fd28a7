import Cognito
import FoundationEssentials

/// The challenge of a registration: sealed, so that it says by itself for whom and how long it is good.
struct RegistrationChallenge: Codable, Sendable {
  let userID: Int64
  let clientID: String
  let expires: Int64

  /// As long as a sign-in's session by default. How long Cognito gives isn't known.
  static let lifetime: Int64 = 180

  private static let label = "passkey-registration"

  init(_ caller: Caller, _ context: PoolContext) {
    userID = caller.user.id
    clientID = caller.client.id
    expires = context.clock.epoch + Self.lifetime
  }

  func sealed(_ context: PoolContext) throws -> [UInt8] {
    context.sealer.seal([UInt8](try JSONEncoder().encode(self)), label: Self.label)
  }

  /// The challenge that comes back with a credential, if it is one of ours for this user that is still good.
  /// - Throws: WebAuthnChallengeNotFoundException, WebAuthnClientMismatchException.
  static func open(_ sealed: [UInt8], _ caller: Caller, _ context: PoolContext) throws -> RegistrationChallenge {
    guard
      let plain = context.sealer.open(sealed, label: label),
      let challenge = try? JSONDecoder().decode(RegistrationChallenge.self, from: Data(plain)),
      challenge.userID == caller.user.id, challenge.expires > context.clock.epoch
    else { throw PoolException.passkeyChallengeNotFound }
    guard challenge.clientID == caller.client.id else { throw PoolException.passkeyClientMismatch }
    return challenge
  }

  /// Uses the challenge up.
  /// - Throws: WebAuthnChallengeNotFoundException if it has been before.
  func use(_ sealed: [UInt8], _ transaction: Transaction<ReadWrite>) throws {
    let expiresAt = Date(timeIntervalSince1970: Double(expires))
    guard try transaction.sessions.use(Digest.sha256(sealed), expiresAt: expiresAt) else {
      throw PoolException.passkeyChallengeNotFound
    }
  }
}
