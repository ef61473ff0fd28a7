import Cognito

/// A later call of a sign-in, by a server with AWS credentials.
enum AdminRespondToAuthChallenge: PoolOperation {
  static let name = "AdminRespondToAuthChallenge"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    try RespondToChallengeFlow.respond(request, isAdmin: true)
  }
}
