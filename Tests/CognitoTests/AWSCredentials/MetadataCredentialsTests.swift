import Cognito
import FoundationEssentials
import Synchronization
import TestSupport
import Testing

@Suite("AWS credentials from container and instance metadata")
struct MetadataCredentialsTests {
  static let document: JSONValue = [
    "Code": "Success", "AccessKeyId": "ASIA1", "SecretAccessKey": "s", "Token": "t",
    "Expiration": "2027-01-15T08:00:00Z",
  ]

  static func container(
    _ environment: [String: String], files: [String: String] = [:], _ transport: ScriptedTransport
  ) -> ContainerCredentials {
    ContainerCredentials(.machine(environment, files: files), transport: transport)
  }

  static func answering(_ status: Int = 200, _ document: JSONValue = document) -> ScriptedTransport {
    ScriptedTransport { _, _ in HTTPResponse(status: status, body: document.serialized()) }
  }

  @Test("a container's relative address and token are used")
  func container() async throws {
    let transport = Self.answering()
    let found = try await Self.container(
      ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/x?y", "AWS_CONTAINER_AUTHORIZATION_TOKEN": "tok"], transport
    ).credentials()
    #expect(found.accessKeyID == "ASIA1")
    #expect(found.expiration == Date(timeIntervalSince1970: 1_800_000_000))
    #expect(transport.requests[0].url == "http://169.254.170.2/v2/x?y")
    #expect(transport.requests[0].header("authorization") == "tok")
  }

  @Test("a pod's token is read from its file")
  func pod() async throws {
    let transport = Self.answering()
    _ = try await Self.container(
      [
        "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://169.254.170.23/v1/credentials",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/token",
      ], files: ["/token": "pod-token\n"], transport
    ).credentials()
    #expect(transport.requests[0].header("authorization") == "pod-token")
  }

  @Test("plain http to another machine is refused, https isn't")
  func plain() async throws {
    let transport = Self.answering()
    await #expect(throws: CognitoError(.insecureEndpoint, "")) {
      try await Self.container(["AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://example.com/x"], transport).credentials()
    }
    #expect(transport.count == 0)
    _ = try await Self.container(
      ["AWS_CONTAINER_CREDENTIALS_FULL_URI": "https://example.com/x"], transport
    ).credentials()
    #expect(transport.count == 1)
  }

  @Test(
    "a container that is set up wrongly is an error, not a reason to look elsewhere",
    arguments: [
      ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "evil.example.com/"],
      ["AWS_CONTAINER_CREDENTIALS_FULL_URI": "nonsense"],
      ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/", "AWS_CONTAINER_AUTHORIZATION_TOKEN": "a\r\nb"],
      ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/none"],
    ])
  func broken(_ environment: [String: String]) async {
    let transport = Self.answering()
    await #expect(throws: CognitoError(.invalidConfiguration, "")) {
      try await Self.container(environment, transport).find()
    }
    #expect(transport.count == 0)
  }

  @Test("a container's refusal is told with its status")
  func refusal() async {
    let error = await #expect(throws: CognitoError(.credentialsNotFound, "")) {
      try await Self.container(["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/"], Self.answering(403)).find()
    }
    #expect(error?.httpStatus == 403)
  }

  @Test("no variable, no container")
  func noContainer() async throws {
    let transport = Self.answering()
    #expect(try await Self.container([:], transport).find() == nil)
    #expect(transport.count == 0)
  }

  @Test("an instance is asked with a session token: version 2 alone")
  func instance() async throws {
    let transport = ScriptedTransport { index, _ in
      let bodies: [[UInt8]] = [Array("session\n".utf8), Array("my role\nother".utf8), Self.document.serialized()]
      return HTTPResponse(status: 200, body: index == 1 ? Array("my-role\nother".utf8) : bodies[index])
    }
    let found = try await InstanceMetadataCredentials(.machine(), transport: transport).credentials()
    #expect(found.sessionToken == "t")
    let base = "http://169.254.169.254/latest"
    #expect(
      transport.requests.map(\.url) == [
        "\(base)/api/token", "\(base)/meta-data/iam/security-credentials/",
        "\(base)/meta-data/iam/security-credentials/my-role",
      ])
    #expect(transport.requests[0].method == "PUT")
    #expect(transport.requests[1].header("X-aws-ec2-metadata-token") == "session")
    #expect(transport.requests[2].header("X-aws-ec2-metadata-token") == "session")
  }

  @Test("no instance, no role, or metadata switched off: no credentials")
  func noInstance() async throws {
    let nobody = ScriptedTransport { _, _ in throw CognitoError(.timeout, "") }
    #expect(try await InstanceMetadataCredentials(.machine(), transport: nobody).find() == nil)
    let noRole = ScriptedTransport { index, _ in
      HTTPResponse(status: index == 0 ? 200 : 404, body: Array("session".utf8))
    }
    #expect(try await InstanceMetadataCredentials(.machine(), transport: noRole).find() == nil)
    let off = Self.answering()
    let surroundings = AWSSurroundings.machine(["AWS_EC2_METADATA_DISABLED": "True"])
    #expect(try await InstanceMetadataCredentials(surroundings, transport: off).find() == nil)
    #expect(off.count == 0)
  }

  @Test("an instance whose role has trouble says so")
  func trouble() async {
    let transport = ScriptedTransport { index, _ in
      HTTPResponse(
        status: 200,
        body: index == 2 ? (["Code": "AssumeRoleUnauthorizedAccess"] as JSONValue).serialized() : Array("x".utf8))
    }
    await #expect(throws: CognitoError(.credentialsNotFound, "")) {
      try await InstanceMetadataCredentials(.machine(), transport: transport).find()
    }
  }

  @Test("kept credentials are fetched anew before they end, once for all callers")
  func cache() async throws {
    let time = Mutex(1_800_000_000.0)
    let transport = ScriptedTransport { _, _ in
      let end = CivilTime(unixSeconds: Int64(time.withLock { $0 }) + 3600)
      var document = Self.document.object ?? [:]
      let two = CivilTime.twoDigits
      document["Expiration"] = .string(
        "\(end.year)-\(two(end.month))-\(two(end.day))T\(two(end.hour)):\(two(end.minute)):\(two(end.second))Z")
      return HTTPResponse(status: 200, body: JSONValue.object(document).serialized())
    }
    let cache = CachedCredentials(
      Self.container(["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/"], transport),
      now: { Date(timeIntervalSince1970: time.withLock { $0 }) })
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<20 { group.addTask { _ = try await cache.credentials() } }
      try await group.waitForAll()
    }
    #expect(transport.count == 1)
    time.withLock { $0 += 3299 }
    _ = try await cache.credentials()
    #expect(transport.count == 1)
    time.withLock { $0 += 2 }
    _ = try await cache.credentials()
    #expect(transport.count == 2)
  }
}
