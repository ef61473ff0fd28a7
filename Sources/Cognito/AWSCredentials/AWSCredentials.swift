import FoundationEssentials

/// What signs a request to AWS: an access key, and for temporary ones a session token.
public struct AWSCredentials: Sendable, Equatable {
  /// The public half of the access key ("AKIA…" for long-lived, "ASIA…" for temporary ones).
  public let accessKeyId: String
  /// The secret half of the access key.
  public let secretAccessKey: Secret
  /// Goes with temporary credentials, and is sent along with each request.
  public let sessionToken: Secret?
  /// When temporary credentials end; `nil` for long-lived ones.
  public let expiration: Date?

  /// - Parameters:
  ///   - accessKeyId: the public half of the access key.
  ///   - secretAccessKey: the secret half of the access key.
  ///   - sessionToken: the token of temporary credentials.
  ///   - expiration: when temporary credentials end.
  public init(accessKeyId: String, secretAccessKey: Secret, sessionToken: Secret? = nil, expiration: Date? = nil) {
    self.accessKeyId = accessKeyId
    self.secretAccessKey = secretAccessKey
    self.sessionToken = sessionToken
    self.expiration = expiration
  }
}

extension AWSCredentials: CustomStringConvertible {
  /// The access key's id alone.
  public var description: String { "AWSCredentials(\(accessKeyId))" }
}

extension AWSCredentials: AWSCredentialsProvider {
  /// These credentials themselves: given ones are a source like any other.
  public func credentials() async throws(CognitoError) -> AWSCredentials? { self }
}
