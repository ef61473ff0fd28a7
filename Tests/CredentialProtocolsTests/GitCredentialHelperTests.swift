import CredentialProtocols
import Testing

private let asBearer = "capability[]=authtype\nauthtype=Bearer\ncredential=eyJ.x.y\nephemeral=1\n"
private let asPassword = "capability[]=authtype\nusername=ann\npassword=eyJ.x.y\nephemeral=1\n"

@Suite("git-credential-cognito")
struct GitCredentialHelperTests {
  private let request = bytes("protocol=https\nhost=git.corp\n\n")
  private let credential = Credential(username: "ann", token: "eyJ.x.y", expiresAt: 1_800_000_000)

  private func helper(_ operation: String, _ input: [UInt8]) -> GitCredentialHelper {
    GitCredentialHelper(arguments: [operation], input: input)
  }

  @Test("get asks for the host that git names")
  func get() {
    #expect(helper("get", request).action == .get(CredentialTarget(scheme: "https", host: "git.corp")))
  }

  @Test("an older git is given user name, password and expiry")
  func basic() {
    let reply = helper("get", request).reply(to: .found(credential))
    #expect(text(reply.output) == "username=ann\npassword=eyJ.x.y\npassword_expiry_utc=1800000000\n")
    #expect(reply.exitCode == 0)
    #expect(reply.message == nil)
  }

  @Test("a git with authtype is given a Bearer header that no other helper may store")
  func bearer() {
    let input = bytes("capability[]=authtype\nprotocol=https\nhost=git.corp\n\n")
    let reply = helper("get", input).reply(to: .found(credential))
    #expect(
      text(reply.output)
        == "capability[]=authtype\nauthtype=Bearer\ncredential=eyJ.x.y\nephemeral=1\n"
        + "password_expiry_utc=1800000000\n")
  }

  @Test(
    "a newer git is given what the server takes: Bearer if it offers that or has not been asked, else the password",
    arguments: [
      ([], asBearer),
      (["Bearer"], asBearer),
      ([#"Basic realm="Git""#], asPassword),
      (["Basic"], asPassword),
      ([#"Basic realm="Git""#, #"bearer realm="Git""#], asBearer),
      ([#"Basic realm="a", Bearer realm="b""#], asBearer),
      ([#"Basic realm="Bearer""#], asPassword),
      (["Negotiate", "Digest realm=x"], asPassword),
      (["Bearer", "", "Basic realm=x"], asPassword),
      (["Basic realm=x", ""], asBearer),
      (["?"], asPassword),
    ])
  func challenges(_ fields: [String], _ expected: String) {
    let lines = fields.map { "wwwauth[]=\($0)\n" }.joined()
    let input = bytes("capability[]=authtype\ncapability[]=state\nprotocol=https\nhost=git.corp\n\(lines)\n")
    #expect(
      text(helper("get", input).reply(to: .found(credential)).output) == expected + "password_expiry_utc=1800000000\n")
  }

  @Test("an older git is given the password, whatever the server offers and the profile says")
  func olderGit() {
    var credential = credential
    credential.gitScheme = .bearer
    let input = bytes("protocol=https\nhost=git.corp\nwwwauth[]=Bearer\n\n")
    #expect(
      text(helper("get", input).reply(to: .found(credential)).output)
        == "username=ann\npassword=eyJ.x.y\npassword_expiry_utc=1800000000\n")
  }

  @Test("the profile overrules the server", arguments: [(GitScheme.bearer, asBearer), (.basic, asPassword)])
  func overruled(_ scheme: GitScheme, _ expected: String) {
    var credential = credential
    credential.gitScheme = scheme
    for offer in ["", "wwwauth[]=Basic\n", "wwwauth[]=Bearer\n"] {
      let input = bytes("capability[]=authtype\nprotocol=https\nhost=git.corp\n\(offer)\n")
      #expect(text(helper("get", input).reply(to: .found(credential)).output).hasPrefix(expected))
    }
  }

  @Test("the user name in git's URL is kept")
  func requestedUsername() {
    let helper = helper("get", bytes("protocol=https\nhost=git.corp\nusername=git\n\n"))
    #expect(helper.action == .get(CredentialTarget(scheme: "https", host: "git.corp", username: "git")))
    #expect(text(helper.reply(to: .found(credential)).output).hasPrefix("username=git\n"))
  }

  @Test(
    "a token that would break the line protocol is not written, in no part", arguments: ["a\nb", "a\rb", "a\0b", ""])
  func unwritableToken(token: String) {
    let reply = helper("get", request).reply(to: .found(Credential(username: "ann", token: token, expiresAt: 1)))
    #expect(reply.output.isEmpty)
    #expect(reply.exitCode == 1)
  }

  @Test("a token longer than git's line is not written, in no part")
  func longToken() {
    let token = String(repeating: "x", count: 65_535)
    let reply = helper("get", request).reply(to: .found(Credential(username: "ann", token: token, expiresAt: 1)))
    #expect(reply.output.isEmpty)
  }

  @Test("a host of nobody's gets silence, so that other helpers are asked")
  func notServed() { #expect(helper("get", request).reply(to: .notServed) == .nothing) }

  @Test("a failure is told on standard error alone")
  func unavailable() {
    let reply = helper("get", request).reply(to: .unavailable(reason: "not signed in: run `cognito login`"))
    #expect(reply.output.isEmpty)
    #expect(reply.message == "git-credential-cognito: not signed in: run `cognito login`")
    #expect(reply.exitCode == 1)
  }

  @Test(
    "no host or no protocol means no answer (CVE-2020-11008)",
    arguments: [
      "", "\n", "protocol=https\n\n", "host=git.corp\n\n", "protocol=\nhost=git.corp\n\n", "protocol=https\nhost=\n\n",
    ])
  func incompleteRequest(input: String) {
    for operation in ["get", "store", "erase"] {
      guard case .reply(let reply) = helper(operation, bytes(input)).action else {
        Issue.record("\(operation) accepted it")
        continue
      }
      #expect(reply.output.isEmpty)
      #expect(reply.exitCode == 1)
    }
  }

  @Test("a refused request is not answered")
  func refusedRequest() {
    guard case .reply(let reply) = helper("get", bytes("protocol=https\r\nhost=git.corp\r\n")).action else {
      Issue.record("accepted")
      return
    }
    #expect(reply.output.isEmpty)
  }

  @Test("erase carries the refused password, or the refused Bearer token")
  func erase() {
    let target = CredentialTarget(scheme: "https", host: "git.corp", username: nil)
    #expect(helper("erase", request).action == .erase(target, onlyIf: nil))
    #expect(
      helper("erase", bytes("protocol=https\nhost=git.corp\npassword=old\n\n")).action == .erase(target, onlyIf: "old"))
    #expect(
      helper("erase", bytes("protocol=https\nhost=git.corp\nauthtype=Bearer\ncredential=old\n\n")).action
        == .erase(target, onlyIf: "old"))
    #expect(helper("erase", request).reply(to: .erased) == .nothing)
  }

  @Test("store keeps nothing and says nothing")
  func store() { #expect(helper("store", request).action == .reply(.nothing)) }

  @Test("capability lists authtype")
  func capability() {
    #expect(
      helper("capability", []).action == .reply(HelperReply(output: bytes("version 0\ncapability authtype\n"))))
  }

  @Test("operations of a later git are met with silence and success")
  func unknownOperation() {
    #expect(helper("approve-all", []).action == .reply(.nothing))
    #expect(!GitCredentialHelper.readsInput(["approve-all"]))
  }

  @Test("no operation, or two, is a usage error", arguments: [[], ["get", "store"]])
  func usage(arguments: [String]) {
    guard case .reply(let reply) = GitCredentialHelper(arguments: arguments, input: []).action else {
      Issue.record("accepted")
      return
    }
    #expect(reply.exitCode == 64)
    #expect(reply.output.isEmpty)
  }

  @Test("a blank line completes the request before end of file")
  func completeness() {
    #expect(!GitCredentialHelper.isComplete(bytes("host=a\n")))
    #expect(GitCredentialHelper.isComplete(bytes("host=a\n\n")))
    #expect(GitCredentialHelper.isComplete(bytes("\n")))
  }
}
