import Cognito
import FoundationEssentials
import Testing

@Suite("Second factors of a signed-in user")
struct MFATests {
  @Test("an authenticator app gets its secret and a QR address")
  func associate() async throws {
    let script = ServiceScript(["SecretCode": "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"])
    let setup = try await script.user().associateSoftwareToken(issuer: "My Pool", account: "ada@example.com")
    #expect(
      setup.url
        == "otpauth://totp/My%20Pool:ada%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=My%20Pool")
    script.expectUserCall("AssociateSoftwareToken")
  }

  @Test("a code ends the set-up; anything but SUCCESS is an error")
  func verify() async throws {
    let script = ServiceScript(["Status": "SUCCESS"])
    try await script.user().verifySoftwareToken(code: "123456", deviceName: "phone")
    script.expectUserCall("VerifySoftwareToken", ["UserCode": "123456", "FriendlyDeviceName": "phone"])
    for output in [["Status": "ERROR"], [:]] as [JSONValue] {
      await #expect(throws: CognitoError(.codeMismatch, "")) {
        try await ServiceScript(output).user().verifySoftwareToken(code: "1")
      }
    }
  }

  @Test("preferences: what isn't mentioned isn't sent")
  func preferences() async throws {
    let script = ServiceScript([:])
    try await script.user().setMFA(MFAPreferences(sms: .off, softwareToken: .preferred))
    script.expectUserCall(
      "SetUserMFAPreference",
      [
        "SMSMfaSettings": ["Enabled": false, "PreferredMfa": false],
        "SoftwareTokenMfaSettings": ["Enabled": true, "PreferredMfa": true],
      ])
    let other = ServiceScript([:])
    try await other.user().setMFA(MFAPreferences(webAuthn: true))
    other.expectUserCall("SetUserMFAPreference", ["WebAuthnMfaSettings": ["Enabled": true]])
  }

  @Test("a factor may be on with none preferred, but two can't be preferred")
  func preferred() async throws {
    let script = ServiceScript([:])
    try await script.administrator().setMFA(MFAPreferences(email: .on), of: "ada")
    script.expectAdminCall(
      "AdminSetUserMFAPreference",
      ["Username": "ada", "EmailMfaSettings": ["Enabled": true, "PreferredMfa": false]])
    await #expect(throws: CognitoError(.invalidInput, "")) {
      try await script.user().setMFA(MFAPreferences(sms: .preferred, email: .preferred))
    }
  }

  @Test("passkeys are registered, listed and deleted")
  func passkeys() async throws {
    let start = ServiceScript(["CredentialCreationOptions": ["challenge": "c"]])
    #expect(try await start.user().startPasskeyRegistration()["challenge"] == "c")
    let complete = ServiceScript([:])
    try await complete.user().completePasskeyRegistration(["id": "x"])
    complete.expectUserCall("CompleteWebAuthnRegistration", ["Credential": ["id": "x"]])
    let list = ServiceScript(
      ["Credentials": [["CredentialId": "a", "FriendlyCredentialName": "Phone", "CreatedAt": 1.5]], "NextToken": "n"],
      ["Credentials": [["CredentialId": "b"]]])
    let keys = try await list.user().passkeys.collect()
    #expect(keys.map(\.id) == ["a", "b"])
    #expect(keys.first?.created?.timeIntervalSince1970 == 1.5)
    #expect(list.calls.map { $0.body["NextToken"] } == [nil, "n"])
    let delete = ServiceScript([:])
    try await delete.user().deletePasskey("a")
    delete.expectUserCall("DeleteWebAuthnCredential", ["CredentialId": "a"])
  }
}
