import Cognito

/// A later call of a sign-in.
enum RespondToAuthChallenge: PoolOperation {
  static let name = "RespondToAuthChallenge"
  static let access = OperationAccess.none

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    try RespondToChallengeFlow.respond(request, isAdmin: false)
  }
}
