import Cognito

/// Setting up a second factor in the middle of a sign-in, where the pool demands one.
enum SecondFactorSetUp {
  static let softwareToken = "SOFTWARE_TOKEN_MFA"
  static let email = "EMAIL_OTP"

  /// A phone number isn't taken here, as it isn't by the API's challenge.
  static let impossible = PoolException.invalidParameter(
    "You need a second way to show who you are, and none that this pool has can be set up here. Ask its administrator.")

  static func possible(_ challenge: HostedChallenge) -> [String] {
    challenge.list("MFAS_CAN_SETUP").filter { [softwareToken, email].contains($0) }
  }

  /// Begins with the factor that was chosen: an authenticator app gets its key.
  static func begin(_ factor: String, _ challenge: inout HostedChallenge, _ post: HostedPost) throws {
    guard possible(challenge).contains(factor) else { throw PoolException.invalidParameter("Choose one of the ways.") }
    challenge.setUp = factor
    guard factor == softwareToken else { return }
    let answer = try Responder.perform(
      "AssociateSoftwareToken", OperationInput(["Session": .string(challenge.session)]), post.context)
    challenge.session = answer["Session"]?.string ?? challenge.session
    challenge.parameters["SecretCode"] = answer["SecretCode"]?.string
  }

  /// Shows a code of the new authenticator app; the session that comes back is the one to go on with.
  static func verify(_ challenge: inout HostedChallenge, code: String, _ context: PoolContext) throws {
    let answer = try Responder.perform(
      "VerifySoftwareToken",
      OperationInput(["Session": .string(challenge.session), "UserCode": .string(code)]), context)
    challenge.session = answer["Session"]?.string ?? challenge.session
  }

  /// The address that authenticator apps take their settings from.
  static func address(_ challenge: HostedChallenge, in pool: PoolRecord) -> String {
    let secret = Secret(utf8: challenge.parameters["SecretCode"] ?? "")
    return SoftwareTokenSetup(secret: secret, issuer: pool.settings.poolName, account: challenge.username).url
  }
}
