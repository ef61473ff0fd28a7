import Cognito

/// Shows the look of the classic pages: the app client's, else the pool's, else nothing.
enum GetUICustomization: PoolOperation {
  static let name = "GetUICustomization"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try request.pool()
    let id = try client(request)
    let found = try request.context.store.read {
      try $0.resources.find(.look, id, in: pool.id) ?? $0.resources.find(.look, wholePool, in: pool.id)
    }
    return ["UICustomization": found?.lookJSON ?? [:]]
  }

  /// What stands for all of a pool's app clients.
  static let wholePool = "ALL"

  static func client(_ request: OperationRequest) throws -> String {
    guard let id = try request.input.optionalString("ClientId"), id != wholePool else { return wholePool }
    return try request.client().id
  }
}

extension ResourceRecord {
  /// `UICustomizationType`.
  var lookJSON: JSONValue {
    var shown = members
    shown["ClientId"] = .string(name)
    shown["UserPoolId"] = .string(poolID)
    shown["CreationDate"] = .time(createdAt)
    shown["LastModifiedDate"] = .time(modifiedAt)
    return .object(shown)
  }
}
