import Cognito

/// Shows for how long an app client takes a browser's session.
enum GetUserPoolClientSessionConfiguration: PoolOperation {
  static let name = "GetUserPoolClientSessionConfiguration"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue { json(of: try request.client()) }

  static func json(of client: ClientRecord) -> JSONValue {
    [
      "UserPoolId": .string(client.poolID), "ClientId": .string(client.id),
      "SSOSession": ["MaxValidityMinutes": .int(client.settings.browserSessionSeconds / 60)],
    ]
  }
}
