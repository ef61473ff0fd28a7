import Cognito

/// Shows where a pool's logs were to go.
enum GetLogDeliveryConfiguration: PoolOperation {
  static let name = "GetLogDeliveryConfiguration"
  static let access = OperationAccess.iam
  /// A pool has one such setting.
  static let key = "logs"

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try request.pool()
    let kept = try request.context.store.read { try $0.resources.find(.logDelivery, key, in: pool.id) }
    return [
      "LogDeliveryConfiguration": [
        "UserPoolId": .string(pool.id), "LogConfigurations": kept?.members["LogConfigurations"] ?? [],
      ]
    ]
  }
}
