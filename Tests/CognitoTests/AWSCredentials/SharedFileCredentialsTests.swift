import Cognito
import FoundationEssentials
import Testing

@Suite("AWS credentials from the environment and the shared files")
struct SharedFileCredentialsTests {
  static let credentialsFile = """
    # comment
    [default]
    aws_access_key_id = AKIADEFAULT
    aws_secret_access_key = secret-default
    [work]
    aws_access_key_id=AKIAWORK
    aws_secret_access_key=a#b;c=
    aws_session_token = token
    """
  static let configFile = """
    [default]
    region = eu-central-1
    [profile work]
    aws_access_key_id = AKIACONFIG
    aws_secret_access_key = other
    s3 =
      max_concurrent_requests = 20
    [profile sso]
    sso_start_url = https://example.com
    [profile login]
    login_session = arn:aws:iam::1:user/ada
    [profile role]
    role_arn = arn:aws:iam::1:role/x
    source_profile = default
    [profile both]
    aws_access_key_id = AKIABOTH
    aws_secret_access_key = secret-both
    role_arn = arn:aws:iam::1:role/x
    source_profile = both
    [profile source]
    role_arn = arn:aws:iam::1:role/x
    credential_source = Ec2InstanceMetadata
    [profile empty]
    region = us-east-1
    [profile half]
    aws_access_key_id = AKIAHALF
    [services local]
    anything = else
    """
  static let files = ["/home/ada/.aws/credentials": credentialsFile, "/home/ada/.aws/config": configFile]

  @Test("the default profile is read when nobody names one")
  func standard() async throws {
    let found = (try await SharedFileCredentials(.machine(files: Self.files)).credentials())
    #expect(found.accessKeyID == "AKIADEFAULT")
    #expect(found.secretAccessKey == Secret(utf8: "secret-default"))
    #expect(found.sessionToken == nil)
  }

  @Test("the credentials file wins over the config file, and signs inside a secret are kept")
  func order() async throws {
    let surroundings = AWSSurroundings.machine(["AWS_PROFILE": "work"], files: Self.files)
    let found = (try await SharedFileCredentials(surroundings).credentials())
    #expect(found.accessKeyID == "AKIAWORK")
    #expect(found.secretAccessKey == Secret(utf8: "a#b;c="))
    #expect(found.sessionToken == "token")
  }

  @Test(
    "a profile that can't be used is an error, never somebody else's key",
    arguments: ["sso", "login", "role", "both", "source", "empty", "half", "none"])
  func unusable(_ profile: String) async {
    await #expect(throws: CognitoError(.invalidConfiguration, "")) {
      try await SharedFileCredentials(profile: profile, .machine(files: Self.files)).credentials()
    }
  }

  @Test("no files and no named profile are no credentials")
  func absent() async throws {
    #expect(try await SharedFileCredentials(.machine()).find() == nil)
  }

  @Test("AWS_SHARED_CREDENTIALS_FILE and AWS_CONFIG_FILE move the files")
  func moved() async throws {
    let surroundings = AWSSurroundings.machine(
      ["AWS_SHARED_CREDENTIALS_FILE": "~/keys", "AWS_CONFIG_FILE": "/nowhere"],
      files: ["/home/ada/keys": "[default]\naws_access_key_id = A\naws_secret_access_key = S\r\n"])
    #expect(try await SharedFileCredentials(surroundings).credentials().accessKeyID == "A")
  }

  @Test("a spoiled file is refused with its line, and without its text")
  func spoiled() async {
    let surroundings = AWSSurroundings.machine(files: ["/home/ada/.aws/credentials": "[default]\nverysecret\n"])
    let error = await #expect(throws: CognitoError.self) {
      try await SharedFileCredentials(surroundings).credentials()
    }
    #expect(error?.message == "/home/ada/.aws/credentials:2: neither a section nor a setting.")
  }

  @Test("the environment needs both halves of the key")
  func environment() async throws {
    #expect(try await EnvironmentCredentials(.machine()).find() == nil)
    await #expect(throws: CognitoError(.invalidConfiguration, "")) {
      try await EnvironmentCredentials(.machine(["AWS_ACCESS_KEY_ID": "A"])).credentials()
    }
    // A pod with a role of its own must not act as the machine that it runs on.
    await #expect(throws: CognitoError(.invalidConfiguration, "")) {
      try await EnvironmentCredentials(.machine(["AWS_WEB_IDENTITY_TOKEN_FILE": "/token"])).find()
    }
    let found = try await EnvironmentCredentials(
      .machine(["AWS_ACCESS_KEY_ID": "A", "AWS_SECRET_ACCESS_KEY": "S", "AWS_SESSION_TOKEN": "T"])
    ).credentials()
    #expect(found == AWSCredentials(accessKeyID: "A", secretAccessKey: Secret(utf8: "S"), sessionToken: "T"))
    #expect("\(found)" == "AWS credentials A")
  }

  @Test("the usual places are asked in order, and a named profile goes before the environment")
  func chain() async throws {
    let surroundings = AWSSurroundings.machine(
      ["AWS_ACCESS_KEY_ID": "ENV", "AWS_SECRET_ACCESS_KEY": "S"], files: Self.files)
    #expect(try await AWSCredentialsChain.standard(surroundings: surroundings).credentials().accessKeyID == "ENV")
    #expect(
      try await AWSCredentialsChain.standard(profile: "work", surroundings: surroundings).credentials().accessKeyID
        == "AKIAWORK")
  }
}
