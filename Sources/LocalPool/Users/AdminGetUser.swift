import Cognito

/// Shows a user, with their second factors.
enum AdminGetUser: PoolOperation {
  static let name = "AdminGetUser"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let user = try request.user(in: try request.pool())
    var members: [String: JSONValue] = [
      "Username": .string(user.username), "UserAttributes": user.attributesJSON(),
      "UserCreateDate": .time(user.createdAt), "UserLastModifiedDate": .time(user.modifiedAt),
      "Enabled": .bool(user.isEnabled), "UserStatus": .string(user.status.rawValue),
    ]
    let factors = user.mfaNames
    if !factors.isEmpty { members["UserMFASettingList"] = .texts(factors) }
    members["PreferredMfaSetting"] = user.mfa.preferred.map { .string($0) }
    return .object(members)
  }
}
