import FoundationEssentials
import SystemSupport

/// Credentials of the role of an ECS task or EKS pod, from the service that `AWS_CONTAINER_CREDENTIALS_RELATIVE_URI`
/// or `AWS_CONTAINER_CREDENTIALS_FULL_URI` points to.
public struct ContainerCredentials: AWSCredentialsSource {
  private let surroundings: AWSSurroundings
  private let client: MetadataClient

  /// The addresses that AWS gives to these services; https may go anywhere.
  private static let plainHosts: Set<String> = ["169.254.170.2", "169.254.170.23", "[fd00:ec2::23]"]

  /// - Parameters:
  ///   - surroundings: where to look for variables and the token's file.
  ///   - transport: how to ask; one that reaches AWS's link-local addresses (``CurlTransport/metadata``).
  public init(_ surroundings: AWSSurroundings = .process, transport: any HTTPTransport = CurlTransport.metadata) {
    self.surroundings = surroundings
    client = MetadataClient(transport, timeout: .seconds(5), attemptTimeout: .seconds(2))
  }

  /// The role's credentials; `nil` when no variable points to the service.
  ///
  /// - Throws: ``CognitoError/Code/insecureEndpoint`` for plain http to another machine,
  ///   ``CognitoError/Code/invalidConfiguration``, ``CognitoError/Code/credentialsNotFound``.
  public func find() async throws(CognitoError) -> AWSCredentials? {
    guard let url = try url() else { return nil }
    var headers = [HTTPRequest.Header("Accept", "application/json")]
    if let token = try token() { headers.append(.init("Authorization", token)) }
    return try await MetadataClient.document(client.send("GET", url, headers), source: "container's metadata service")
  }

  private func url() throws(CognitoError) -> String? {
    if let path = surroundings.variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") {
      guard path.hasPrefix("/") else {
        throw CognitoError(
          .invalidConfiguration, "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI must start with a slash.")
      }
      return "http://169.254.170.2" + path
    }
    guard let url = surroundings.variable("AWS_CONTAINER_CREDENTIALS_FULL_URI") else { return nil }
    guard let address = WebAddress(url) else {
      throw CognitoError(.invalidConfiguration, "AWS_CONTAINER_CREDENTIALS_FULL_URI is no web address.")
    }
    guard address.isSecure || Self.plainHosts.contains(address.host) else {
      throw CognitoError(
        .insecureEndpoint, "AWS_CONTAINER_CREDENTIALS_FULL_URI is plain http to another machine (\(address.host)).")
    }
    return url
  }

  private func token() throws(CognitoError) -> String? {
    var token = surroundings.variable("AWS_CONTAINER_AUTHORIZATION_TOKEN")
    if let path = surroundings.variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") {
      // The file is rewritten while the pod runs: it is read each time.
      guard let bytes = try surroundings.readFile(path),
        let end = bytes.lastIndex(where: { $0 != 0x0a && $0 != 0x0d }),
        let text = String(validating: bytes[...end], as: UTF8.self)
      else {
        throw CognitoError(.invalidConfiguration, "The container's token file \(path) can't be read.")
      }
      token = text
    }
    guard let token else { return nil }
    guard token.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) else {
      throw CognitoError(.invalidConfiguration, "The container's authorization token has a control character.")
    }
    return token
  }
}
