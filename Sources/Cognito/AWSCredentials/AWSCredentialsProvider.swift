/// A place where AWS credentials may be found.
public protocol AWSCredentialsProvider: Sendable {
  /// Credentials that are valid now.
  ///
  /// - Returns: `nil` when this place holds none and the next one should be asked.
  /// - Throws: ``CognitoError`` when the place is configured and doesn't work: falling through to other credentials
  ///   would act as somebody else.
  func credentials() async throws(CognitoError) -> AWSCredentials?
}
