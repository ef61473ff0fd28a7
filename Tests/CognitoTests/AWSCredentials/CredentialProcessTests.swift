import Cognito
import FoundationEssentials
import Testing

@Suite("credential_process")
struct CredentialProcessTests {
  static func provider(_ command: String) -> SharedFileCredentials {
    SharedFileCredentials(
      .machine(
        ["PATH": "/usr/bin:/bin"], files: ["/home/ada/.aws/config": "[default]\ncredential_process = \(command)\n"]))
  }

  @Test("a program's answer is read, without a shell")
  func answer() async throws {
    let json =
      #"{"Version":1,"AccessKeyId":"ASIA$HOME","SecretAccessKey":"s","SessionToken":"t","#
      + #""Expiration":"2027-01-15T10:00:00+02:00"}"#
    let found = (try await Self.provider("printf '%s' '\(json)'").credentials())
    #expect(found.accessKeyID == "ASIA$HOME")
    #expect(found.sessionToken == "t")
    #expect(found.expiration == Date(timeIntervalSince1970: 1_800_000_000))
  }

  @Test(
    "a program that fails, is missing, or talks nonsense gives no credentials",
    arguments: ["false", "/nowhere/program", "echo nonsense", #"printf '{"Version":2}'"#, #"printf "unclosed"#])
  func failure(_ command: String) async {
    await #expect(throws: CognitoError.self) { try await Self.provider(command).credentials() }
  }

  @Test(
    "a program that never ends is ended, also one that says no more",
    arguments: ["sleep 25", #"sh -c "exec >&- 2>&-; sleep 25""#])
  func endless(_ command: String) async {
    let start = ContinuousClock.now
    let error = await #expect(throws: CognitoError.self) {
      try await CredentialProcess(.machine(["PATH": "/usr/bin:/bin"]), seconds: 0.1).credentials(command: command)
    }
    #expect(error?.message.contains("longer than") == true)
    #expect(ContinuousClock.now - start < .seconds(10))
  }

  @Test("words are split as by the AWS tools")
  func words() {
    #expect(CommandWords.split(#"/a\ b 'c "d"' "e 'f'" '' g\"h"#) == ["/a b", #"c "d""#, "e 'f'", "", #"g"h"#])
    #expect(CommandWords.split("a 'b") == nil)
    #expect(CommandWords.split("   ") == nil)
    #expect(CommandWords.split(#"a\"#) == nil)
  }

  @Test("expiry times with fractions and offsets are understood; others are refused")
  func timestamps() {
    #expect(AWSTimestamp.parse("2027-01-15T08:00:00Z") == Date(timeIntervalSince1970: 1_800_000_000))
    #expect(AWSTimestamp.parse("2027-01-15T08:00:00.123Z") == Date(timeIntervalSince1970: 1_800_000_000))
    #expect(AWSTimestamp.parse("2027-01-15T03:30:00-0430") == Date(timeIntervalSince1970: 1_800_000_000))
    for bad in [
      "", "2027-01-15", "2027-13-15T08:00:00Z", "2027-01-15T08:00:00", "2027-01-15 08:00:00Z",
      "2027-01-15T08:00:00+25:00",
    ] {
      #expect(AWSTimestamp.parse(bad) == nil, "\(bad)")
    }
  }
}
