import Cognito
import FoundationEssentials

/// Amazon Cognito Identity: AWS credentials for an identity. Ours say in every part that they are fakes: no AWS service
/// takes them, and nobody who finds one need worry.
enum GetCredentialsForIdentity: PoolOperation {
  static let name = "GetCredentialsForIdentity"
  static let access = OperationAccess.none
  private static let lifetime: Double = 3600

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let user = try LocalIdentity.user(request)
    let id = try request.input.string("IdentityId")
    let identity = try request.context.store.read { try $0.resources.find(.identity, id, in: user.poolID) }
    guard let identity, identity.members["sub"]?.string == user.sub else {
      throw PoolException.resourceNotFound("Identity '\(id)' not found.")
    }
    return [
      "IdentityId": .string(id),
      "Credentials": [
        "AccessKeyId": "ASIAFAKECOGNITOPOOL0", "SecretKey": "FAKE/cognito-pool/not-an-AWS-secret-key",
        "SessionToken": .string("FAKE-cognito-pool-session-token." + id),
        "Expiration": .time(request.context.clock.now.addingTimeInterval(lifetime)),
      ],
    ]
  }
}
