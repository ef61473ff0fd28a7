import Cognito

/// The first call of a sign-in.
enum InitiateAuth: PoolOperation {
  static let name = "InitiateAuth"
  static let access = OperationAccess.none

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    try InitiateAuthFlow.begin(request, isAdmin: false)
  }
}
