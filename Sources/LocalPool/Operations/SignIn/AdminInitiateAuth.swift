import Cognito

/// The first call of a sign-in, by a server with AWS credentials.
enum AdminInitiateAuth: Operation {
  static let name = "AdminInitiateAuth"
  static let access = OperationAccess.iam
  static let shape = InputShape([.required("UserPoolId", .poolId)] + SignInShapes.initiate)

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    try SignInStart.begin(request, isAdmin: true)
  }
}
