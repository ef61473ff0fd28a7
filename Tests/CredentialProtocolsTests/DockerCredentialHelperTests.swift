import CredentialProtocols
import Testing

@Suite("docker-credential-cognito")
struct DockerCredentialHelperTests {
  private let credential = Credential(username: "ann", token: "eyJ.x.y", expiresAt: 1_800_000_000)

  private func helper(_ operation: String, _ input: String = "") -> DockerCredentialHelper {
    DockerCredentialHelper(arguments: [operation], input: bytes(input))
  }

  @Test(
    "get takes a bare host or a URL",
    arguments: [
      ("127.0.0.1:5800", nil, "127.0.0.1:5800"), ("registry.corp\n", nil, "registry.corp"),
      ("https://index.docker.io/v1/", "https", "index.docker.io"), ("http://localhost:5000", "http", "localhost:5000"),
      (" \tregistry.corp \r\n", nil, "registry.corp"),
    ] as [(String, String?, String)])
  func get(input: String, scheme: String?, host: String) {
    #expect(helper("get", input).action == .get(CredentialTarget(scheme: scheme, host: host)))
  }

  @Test(
    "what is no server of the two forms is not found",
    arguments: [
      "ftp://registry.corp", "https://", "https:///x", "ann@registry.corp", "https://registry.corp\nhost=evil.example",
      "registry.corp\r\nx", "https://evil.example/https://registry.corp", "r\u{e9}gistry.corp", "a b",
    ])
  func oddServers(input: String) {
    #expect(helper("get", input).action == .reply(Self.failure("credentials not found in native keychain")))
    #expect(helper("erase", input).action == .reply(.nothing))
  }

  @Test("the answer is docker's JSON with the server as it was asked for")
  func found() {
    let reply = helper("get", "https://registry.corp/v2/").reply(to: .found(credential))
    #expect(
      text(reply.output) == #"{"ServerURL":"https://registry.corp/v2/","Username":"ann","Secret":"eyJ.x.y"}"# + "\n")
    #expect(reply.exitCode == 0)
  }

  @Test("quotes and backslashes are escaped")
  func escaping() {
    let reply = helper("get", "registry.corp").reply(
      to: .found(Credential(username: #"a"b\c"# + "\u{01}", token: "t", expiresAt: 1)))
    #expect(text(reply.output).contains(#""Username":"a\"b\\c\u0001""#))
  }

  @Test("a host of nobody's is answered with the text that docker compares")
  func notServed() {
    #expect(helper("get", "x").reply(to: .notServed) == Self.failure("credentials not found in native keychain"))
  }

  @Test("a failure tells docker `not found` and the user why")
  func unavailable() {
    let reply = helper("get", "x").reply(to: .unavailable(reason: "the keyring is locked: unlock it"))
    #expect(text(reply.output) == "credentials not found in native keychain\n")
    #expect(reply.message == "docker-credential-cognito: the keyring is locked: unlock it")
    #expect(reply.exitCode == 1)
  }

  @Test("get and erase with no server", arguments: ["get", "erase"])
  func noServer(operation: String) {
    #expect(helper(operation, " \n").action == .reply(Self.failure("no credentials server URL")))
  }

  @Test("erase forgets the short-lived token and succeeds when there is none")
  func erase() {
    let helper = helper("erase", "registry.corp")
    #expect(helper.action == .erase(CredentialTarget(scheme: nil, host: "registry.corp"), onlyIf: nil))
    #expect(helper.reply(to: .erased) == .nothing)
    #expect(helper.reply(to: .notServed) == .nothing)
  }

  @Test("list is one object of server and user name")
  func list() {
    #expect(helper("list").action == .list)
    #expect(text(helper("list").reply(to: .listed([])).output) == "{}\n")
    let reply = helper("list").reply(
      to: .listed([.init(host: "a", username: "ann"), .init(host: "b:5000", username: "ann")]))
    #expect(text(reply.output) == #"{"a":"ann","b:5000":"ann"}"# + "\n")
  }

  @Test("store is refused with a reason, and never pretends")
  func store() {
    guard
      case .reply(let reply) = helper("store", #"{"ServerURL":"r.corp","Username":"\u003ctoken\u003e","Secret":"s3"}"#)
        .action
    else {
      Issue.record("accepted")
      return
    }
    #expect(reply.exitCode == 1)
    #expect(text(reply.output).contains("`docker login` is not needed"))
    #expect(!text(reply.output).contains("s3"))
  }

  @Test(
    "store with missing fields has docker's texts",
    arguments: [
      (#"{"Username":"a","Secret":"s"}"#, "no credentials server URL"),
      (#"{"ServerURL":"r","Secret":"s"}"#, "no credentials username"),
      ("[]", "the request is not a JSON object"),
      (#"{"ServerURL":"r","ServerURL":"q"}"#, "the request is not a JSON object"),
      (#"{"ServerURL":"r"} x"#, "the request is not a JSON object"),
      (#"{"ServerURL":"\ud800"}"#, "the request is not a JSON object"),
      (#"{"ServerURL":"\ud83d\ude00","Secret":"s"}"#, "no credentials username"),
    ])
  func storeErrors(input: String, expected: String) {
    #expect(helper("store", input).action == .reply(Self.failure(expected)))
  }

  @Test("version and unknown operations")
  func otherOperations() {
    guard case .reply(let version) = helper("version").action, case .reply(let unknown) = helper("frob").action else {
      Issue.record("no reply")
      return
    }
    #expect(text(version.output).hasPrefix("docker-credential-cognito "))
    #expect(version.exitCode == 0)
    #expect(unknown.exitCode == 1)
    #expect(DockerCredentialHelper(arguments: ["get", "x"], input: []).action == .reply(unknown))
  }

  private static func failure(_ text: String) -> HelperReply { HelperReply(output: bytes(text + "\n"), exitCode: 1) }
}
