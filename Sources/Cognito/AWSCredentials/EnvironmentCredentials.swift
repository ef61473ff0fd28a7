/// Credentials from `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`.
public struct EnvironmentCredentials: AWSCredentialsSource {
  private let surroundings: AWSSurroundings

  /// - Parameter surroundings: whose environment variables to read.
  public init(_ surroundings: AWSSurroundings = .process) {
    self.surroundings = surroundings
  }

  /// The credentials in the environment, or `nil` when neither half of the key is set.
  ///
  /// - Throws: ``CognitoError/Code/invalidConfiguration`` when one half is set alone, or when a role is to be assumed with
  ///   a token (`AWS_WEB_IDENTITY_TOKEN_FILE`).
  public func find() async throws(CognitoError) -> AWSCredentials? {
    let id = surroundings.variable("AWS_ACCESS_KEY_ID")
    let secret = surroundings.variable("AWS_SECRET_ACCESS_KEY")
    if id == nil, secret == nil {
      // A pod's own role: going on would end with the role of the machine that it runs on.
      guard surroundings.variable("AWS_WEB_IDENTITY_TOKEN_FILE") == nil else {
        throw CognitoError(
          .invalidConfiguration,
          "AWS_WEB_IDENTITY_TOKEN_FILE asks for a role to be assumed, which this library doesn't do. "
            + "Use EKS Pod Identity, or hand credentials over in the environment.")
      }
      return nil
    }
    guard let id, let secret else {
      throw CognitoError(
        .invalidConfiguration, "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY must be set together.")
    }
    return AWSCredentials(
      accessKeyID: id, secretAccessKey: Secret(utf8: secret), sessionToken: surroundings.variable("AWS_SESSION_TOKEN"))
  }
}
