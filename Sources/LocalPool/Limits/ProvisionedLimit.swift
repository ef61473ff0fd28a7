import Cognito

/// An account's rate limits. The numbers are the quotas that AWS publishes for each category of operations (requests a
/// second); nothing is throttled by them here, see `docs/pool-behaviour.md`.
enum ProvisionedLimit {
  /// AWS's quotas page, "API operation categories and request rate quotas".
  private static let quotas: [String: Int64] = [
    "UserAuthentication": 120, "UserCreation": 50, "UserFederation": 25, "UserAccountRecovery": 30, "UserRead": 120,
    "UserUpdate": 25, "UserToken": 120, "UserResourceRead": 50, "UserResourceUpdate": 25, "UserList": 30,
    "UserPoolRead": 15, "UserPoolUpdate": 15, "UserPoolResourceRead": 20, "UserPoolResourceUpdate": 15,
    "UserPoolClientRead": 15, "UserPoolClientUpdate": 15, "ClientAuthentication": 150, "LimitManagement": 1,
  ]

  /// The quota that the input names.
  /// - Throws: InvalidParameterException, ResourceNotFoundException.
  static func quota(_ input: OperationInput) throws(PoolException) -> Int64 {
    guard let category = try input.object("LimitDefinition").stringMap("Attributes")["Category"] else {
      throw .invalidParameter("LimitDefinition.Attributes must name a Category.")
    }
    guard let quota = quotas[category] else {
      throw .resourceNotFound("There is no limit for the category \(category.prefix(64)).")
    }
    return quota
  }

  /// `LimitType`, of a limit that nobody has raised.
  static func json(_ input: OperationInput, _ quota: Int64) -> JSONValue {
    [
      "Limit": [
        "LimitDefinition": input["LimitDefinition"] ?? [:], "ProvisionedLimitValue": .int(quota),
        "FreeLimitValue": .int(quota),
      ]
    ]
  }
}
