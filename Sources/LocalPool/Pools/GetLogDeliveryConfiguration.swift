import Cognito

/// Where AWS would send a pool's logs to: nowhere, for there is no AWS here.
enum GetLogDeliveryConfiguration: PoolOperation {
  static let name = "GetLogDeliveryConfiguration"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    ["LogDeliveryConfiguration": ["UserPoolId": .string(try request.pool().id), "LogConfigurations": []]]
  }
}
