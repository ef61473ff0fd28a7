import Cognito

/// What the pool knows of the caller, as far as their client may read it.
enum GetUser: PoolOperation {
  static let name = "GetUser"
  static let access = OperationAccess.accessToken

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let caller = try request.requireCaller()
    let user = caller.user
    var answer: [String: JSONValue] = [
      "Username": .string(user.username),
      "UserAttributes": user.attributesJSON { AttributeRules.readable($0, by: caller.client, in: caller.pool) },
    ]
    if !user.mfaNames.isEmpty { answer["UserMFASettingList"] = .texts(user.mfaNames) }
    if let preferred = user.mfa.preferred { answer["PreferredMfaSetting"] = .string(preferred) }
    return .object(answer)
  }
}
