import Cognito

/// Sets an account's rate limit, between the default and what the account was granted: no more than the default, for nobody
/// grants anything here.
enum UpdateProvisionedLimit: PoolOperation {
  static let name = "UpdateProvisionedLimit"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let quota = try ProvisionedLimit.quota(request.input)
    let wanted = try request.input.optionalInt("RequestedLimitValue").map(Int64.init) ?? quota
    guard wanted >= quota else {
      throw PoolException.invalidParameter("RequestedLimitValue must be at least the default limit, \(quota).")
    }
    guard wanted == quota else {
      throw PoolException("ServiceQuotaExceededException", "The request exceeded your account's service quota.")
    }
    return ProvisionedLimit.json(request.input, quota)
  }
}
