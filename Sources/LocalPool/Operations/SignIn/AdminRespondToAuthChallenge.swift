import Cognito

/// A later call of a sign-in, by a server with AWS credentials.
enum AdminRespondToAuthChallenge: Operation {
  static let name = "AdminRespondToAuthChallenge"
  static let access = OperationAccess.iam
  static let shape = InputShape([.required("UserPoolId", .poolId)] + SignInShapes.respond)

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    try SignInAnswer.respond(request, isAdmin: true)
  }
}
