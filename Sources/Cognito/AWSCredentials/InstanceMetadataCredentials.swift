import FoundationEssentials
import SystemSupport

/// Credentials of the role of an EC2 instance, from instance metadata version 2 (the one with a session token, so
/// that a web server that can be talked into fetching addresses gives nothing away).
public struct InstanceMetadataCredentials: AWSCredentialsSource {
  private let surroundings: AWSSurroundings
  private let client: MetadataClient

  /// - Parameters:
  ///   - surroundings: where to look for variables.
  ///   - transport: how to ask; one that reaches AWS's link-local addresses (``CurlTransport/metadata``).
  public init(_ surroundings: AWSSurroundings = .process, transport: any HTTPTransport = CurlTransport.metadata) {
    self.surroundings = surroundings
    // Off AWS nobody answers at this address, and nobody should wait long to learn it.
    client = MetadataClient(transport, timeout: .seconds(3), attemptTimeout: .seconds(1))
  }

  /// The role's credentials; `nil` when this is no EC2 instance, it has no role, or `AWS_EC2_METADATA_DISABLED` is
  /// "true".
  ///
  /// - Throws: ``CognitoError/Code/invalidConfiguration`` for an endpoint that is no address, and why a service that
  ///   names a role gives no credentials of it.
  public func find() async throws(CognitoError) -> AWSCredentials? {
    guard surroundings.variable("AWS_EC2_METADATA_DISABLED")?.lowercased() != "true" else { return nil }
    let base = try endpoint()
    let session: HTTPResponse
    do {
      session = try await client.send(
        "PUT", base + "/latest/api/token", [.init("X-aws-ec2-metadata-token-ttl-seconds", "300")],
        retry: .never)
    } catch  where [.unreachable, .network, .timeout, .malformedResponse].contains(error.code) {
      return nil
    }
    guard session.status == 200, let token = Self.line(session.body) else { return nil }
    let headers = [HTTPRequest.Header("X-aws-ec2-metadata-token", token)]
    let list = base + "/latest/meta-data/iam/security-credentials/"
    let roles = try await client.send("GET", list, headers)
    guard roles.status == 200, let role = Self.line(roles.body) else { return nil }
    let answer = try await client.send("GET", list + QueryString.escape(role), headers)
    return try MetadataClient.document(answer, source: "instance metadata service")
  }

  private func endpoint() throws(CognitoError) -> String {
    guard var endpoint = surroundings.variable("AWS_EC2_METADATA_SERVICE_ENDPOINT") else {
      let isIPv6 = surroundings.variable("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE")?.lowercased() == "ipv6"
      return isIPv6 ? "http://[fd00:ec2::254]" : "http://169.254.169.254"
    }
    guard WebAddress(endpoint) != nil else {
      throw CognitoError(.invalidConfiguration, "AWS_EC2_METADATA_SERVICE_ENDPOINT is no web address.")
    }
    while endpoint.hasSuffix("/") { endpoint.removeLast() }
    return endpoint
  }

  /// The first line, if it can go into a header or a path.
  private static func line(_ body: [UInt8]) -> String? {
    let first = body.prefix { $0 != 0x0a && $0 != 0x0d }
    guard !first.isEmpty, first.count <= 4096, first.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else { return nil }
    return String(decoding: first, as: UTF8.self)
  }
}
