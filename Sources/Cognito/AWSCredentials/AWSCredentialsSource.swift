/// A place where AWS credentials may or may not be.
public protocol AWSCredentialsSource: AWSCredentialsProvider {
  /// What is there.
  ///
  /// - Returns: `nil` when this place holds none and another one should be asked.
  /// - Throws: ``CognitoError`` when the place is set up and doesn't work: falling through to other credentials would
  ///   act as somebody else.
  func find() async throws(CognitoError) -> AWSCredentials?
}

extension AWSCredentialsSource {
  /// What is there.
  ///
  /// - Throws: ``CognitoError/Code/credentialsNotFound`` when there is nothing, or what ``find()`` throws.
  public func credentials() async throws(CognitoError) -> AWSCredentials {
    guard let found = try await find() else {
      throw CognitoError(
        .credentialsNotFound, "No AWS credentials were found in the environment, files or metadata that were searched.")
    }
    return found
  }
}
