import FoundationEssentials

/// Keys of an AWS account or role, which sign requests.
public struct AWSCredentials: Sendable, Hashable {
  /// The public half, such as "AKIDEXAMPLE".
  public let accessKeyID: String
  /// The secret half.
  public let secretAccessKey: Secret
  /// Goes with temporary credentials.
  public let sessionToken: String?
  /// When temporary credentials end.
  public let expiration: Date?

  /// - Parameters:
  ///   - accessKeyID: the public half of the access key.
  ///   - secretAccessKey: the secret half of the access key.
  ///   - sessionToken: goes with temporary credentials.
  ///   - expiration: when temporary credentials end.
  public init(accessKeyID: String, secretAccessKey: Secret, sessionToken: String? = nil, expiration: Date? = nil) {
    self.accessKeyID = accessKeyID
    self.secretAccessKey = secretAccessKey
    self.sessionToken = sessionToken
    self.expiration = expiration
  }

  /// Hashes what is not secret.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(accessKeyID)
    hasher.combine(expiration)
  }
}

extension AWSCredentials: CustomStringConvertible, CustomReflectable {
  /// The access key id alone.
  public var description: String { "AWS credentials \(accessKeyID)" }
  /// Hides the secrets from `dump`.
  public var customMirror: Mirror { Mirror(self, children: ["accessKeyID": accessKeyID]) }
}

/// Where AWS credentials come from.
public protocol AWSCredentialsProvider: Sendable {
  /// Credentials that are valid now.
  ///
  /// - Throws: ``CognitoError/Code/credentialsNotFound``, or why they can't be fetched.
  func credentials() async throws(CognitoError) -> AWSCredentials
}

extension AWSCredentials: AWSCredentialsProvider {
  /// Given credentials are their own provider.
  public func credentials() -> AWSCredentials { self }
}
