import Cognito

/// The first call of a sign-in, by a server with AWS credentials.
enum AdminInitiateAuth: PoolOperation {
  static let name = "AdminInitiateAuth"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    try InitiateAuthFlow.begin(request, isAdmin: true)
  }
}
