import Cognito

/// Shows a pool's second factors.
enum GetUserPoolMfaConfig: PoolOperation {
  static let name = "GetUserPoolMfaConfig"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue { json(of: try request.pool()) }

  static func json(of pool: PoolRecord) -> JSONValue {
    let shown = PoolDocument.mfa + ["MfaConfiguration"]
    return .object(JSONValue.document(pool.document.json).filter { shown.contains($0.key) && $0.value != .null })
  }
}
