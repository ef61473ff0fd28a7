import Cognito
import FoundationEssentials
import TestSupport
import Testing

@Suite("AWS credentials from IAM Identity Center")
struct SSOCredentialsTests {
  static let config = """
    [sso-session my team]
    anything = else
    [sso-session "my team"]
    sso_start_url = https://example.awsapps.com/start
    sso_region = eu-north-1
    [profile dev]
    sso_session = my team
    sso_account_id = 123456789012
    sso_role_name = Read Only
    [profile old]
    sso_start_url = https://example.awsapps.com/start
    sso_region = cn-north-1
    sso_account_id = 123456789012
    sso_role_name = Admin
    [profile lacking]
    sso_session = my team
    sso_account_id = 123456789012
    [profile other]
    sso_session = nowhere
    sso_account_id = 1
    sso_role_name = Admin
    [profile torn]
    sso_session = my team
    sso_region = us-east-1
    sso_account_id = 1
    sso_role_name = Admin
    [profile host]
    sso_start_url = https://example.awsapps.com/start
    sso_region = evil.example/x
    sso_account_id = 1
    sso_role_name = Admin
    """
  /// SHA-1 of "my team" and of the start URL.
  static let sessionFile = "/home/ada/.aws/sso/cache/cd59fe8a6e954656aa78540d540d909d8225c93e.json"
  static let urlFile = "/home/ada/.aws/sso/cache/e8be5486177c5b5392bd9aa76563515b29358e6e.json"
  static let token = #"{"accessToken":"sso-token","expiresAt":"2027-06-01T00:00:00Z","region":"eu-north-1"}"#
  static let role =
    #"{"roleCredentials":{"accessKeyId":"ASIA","secretAccessKey":"S","sessionToken":"T","expiration":1800003600000}}"#

  private static func find(
    _ profile: String, files: [String: String], _ transport: ScriptedTransport
  ) async throws -> AWSCredentials? {
    let all = files.merging(["/home/ada/.aws/config": config]) { own, _ in own }
    return try await SharedFileCredentials(profile: profile, .machine(files: all), transport: transport).find()
  }

  @Test("the token of `aws sso login` gets a role's credentials, by the session or by the start URL")
  func found() async throws {
    let transport = ScriptedTransport { _, _ in HTTPResponse(status: 200, body: Array(Self.role.utf8)) }
    let dev = try #require(try await Self.find("dev", files: [Self.sessionFile: Self.token], transport))
    #expect(
      dev
        == AWSCredentials(
          accessKeyID: "ASIA", secretAccessKey: Secret(utf8: "S"), sessionToken: "T",
          expiration: Date(timeIntervalSince1970: 1_800_003_600)))
    let legacy = Self.token.replacing("00:00:00Z", with: "00:00:00UTC")
    _ = try await Self.find("old", files: [Self.urlFile: legacy], transport)
    #expect(
      transport.requests.map(\.url) == [
        "https://portal.sso.eu-north-1.amazonaws.com/federation/credentials?role_name=Read%20Only&account_id=123456789012",
        "https://portal.sso.cn-north-1.amazonaws.com.cn/federation/credentials?role_name=Admin&account_id=123456789012",
      ])
    #expect(transport.requests.allSatisfy { $0.method == "GET" && $0.header("x-amz-sso_bearer_token") == "sso-token" })
  }

  @Test(
    "without a token that is valid the person is told what to run",
    arguments: [
      nil, "", "{}", #"{"accessToken":"t","expiresAt":"2020-01-01T00:00:00Z"}"#,
      #"{"accessToken":"t\n","expiresAt":"2027-06-01T00:00:00Z"}"#,
    ])
  func noToken(_ token: String?) async throws {
    let transport = ScriptedTransport { _, _ in HTTPResponse(status: 500) }
    let files = token.map { [Self.sessionFile: $0] } ?? [:]
    let error = await #expect(throws: CognitoError(.credentialsNotFound, "")) {
      try await Self.find("dev", files: files, transport)
    }
    #expect(error?.message.contains("aws sso login --profile dev") == true)
    #expect(transport.count == 0)
  }

  @Test("a refused token, a role that isn't the user's and nonsense are told apart")
  func refused() async throws {
    for (status, body, code) in [
      (401, "{}", CognitoError.Code.credentialsNotFound), (403, "{}", .accessDenied), (200, "{}", .malformedResponse),
    ] {
      let transport = ScriptedTransport { _, _ in HTTPResponse(status: status, body: Array(body.utf8)) }
      let error = await #expect(throws: CognitoError.self) {
        try await Self.find("dev", files: [Self.sessionFile: Self.token], transport)
      }
      #expect(error?.code == code)
      #expect(error.map { "\($0)" }?.contains("sso-token") == false)
    }
  }

  @Test(
    "a profile that isn't whole is refused before anything is sent", arguments: ["lacking", "other", "torn", "host"])
  func broken(_ profile: String) async throws {
    let transport = ScriptedTransport { _, _ in HTTPResponse(status: 500) }
    let files = [Self.sessionFile: Self.token, Self.urlFile: Self.token]
    await #expect(throws: CognitoError(.invalidConfiguration, "")) {
      try await Self.find(profile, files: files, transport)
    }
    #expect(transport.count == 0)
  }
}
