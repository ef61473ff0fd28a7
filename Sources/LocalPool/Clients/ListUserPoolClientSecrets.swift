import Cognito

/// Lists the secrets of an app client, without their values.
enum ListUserPoolClientSecrets: PoolOperation {
  static let name = "ListUserPoolClientSecrets"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let secrets = try request.client().secrets.map { secret -> JSONValue in
      ["ClientSecretId": .string(secret.id), "ClientSecretCreateDate": .time(secret.createdAt)]
    }
    return ["ClientSecrets": .array(secrets)]
  }
}
