import Cognito

/// The columns of a file of users for this pool, in the service's order.
enum GetCSVHeader: PoolOperation {
  static let name = "GetCSVHeader"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try request.pool()
    // What the service gives out itself can't be imported.
    let standard = StandardAttributes.all.map(\.name).filter { $0 != "sub" && $0 != "identities" }
    let custom = (pool.settings.schema ?? []).map(\.name).filter { !StandardAttributes.names.contains($0) }
    return [
      "UserPoolId": .string(pool.id),
      "CSVHeader": .texts(standard + custom + ["cognito:mfa_enabled", "cognito:username"]),
    ]
  }
}
