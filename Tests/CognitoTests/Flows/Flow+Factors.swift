import Cognito
import FoundationEssentials
import Testing

extension Flow {
  private static func enableSoftwareToken(_ target: FlowTarget) async throws {
    try await target.call(
      "SetUserPoolMfaConfig",
      ["SoftwareTokenMfaConfiguration": ["Enabled": true], "MfaConfiguration": "OPTIONAL"])
  }

  static let factors: [Flow] = [
    Flow(
      "set up an authenticator app and sign in with it", motoLacks: "its shared secret is always \"asdfasdfasdf\""
    ) { target in
      try await enableSoftwareToken(target)
      try await target.makeUser()
      let client = try await target.client()
      let start = try await client.signIn("ada").start(.srp(password: FlowTarget.password)).finished().tokens
      let user = client.user(start)
      let setup = try await user.associateSoftwareToken(issuer: "flow", account: "ada")
      let totp = try #require(TOTP(base32: setup.secret.revealed() ?? ""))
      let now = Int64(Date().timeIntervalSince1970)
      try await user.verifySoftwareToken(code: totp.code(unixSeconds: now), deviceName: "phone")
      try await user.setMFA(MFAPreferences(softwareToken: .preferred))
      #expect(try await user.details().preferredMFA == .softwareToken)

      let signIn = client.signIn("ada")
      let step = try await signIn.start(.srp(password: FlowTarget.password))
      #expect(try step.code().factor == .softwareToken)
      await #expect(throws: CognitoError(.codeMismatch, "")) {
        try await signIn.respond(.code(totp.code(unixSeconds: now - 86400)))
      }
      // A code works once: the next one, which a clock that is a little ahead shows already.
      let code = totp.code(unixSeconds: now + TOTP.periodSeconds)
      #expect(try await signIn.respond(.code(code)).finished().tokens.username == "ada")
    },
    Flow("turn second factors on and off") { target in
      try await enableSoftwareToken(target)
      try await target.makeUser()
      try await target.administrator.setMFA(MFAPreferences(softwareToken: .off), of: "ada")
      #expect(try await target.administrator.user("ada").mfaFactors == [])
    },
    Flow(
      "confirm a device, sign in with it, forget it", motoLacks: "no device operations",
      pool: [
        "DeviceConfiguration": ["ChallengeRequiredOnNewDevice": true, "DeviceOnlyRememberedOnUserPrompt": true]
      ]
    ) { target in
      try await target.makeUser()
      let client = try await target.client()
      let first = try await client.signIn("ada").start(.srp(password: FlowTarget.password)).finished()
      let device = try #require(first.newDevice)
      let user = client.user(first.tokens)
      let confirmed = try await user.confirm(device, name: "laptop")
      #expect(confirmed.needsUserConfirmation)
      try await user.setDevice(device.key, remembered: true)
      #expect(try await user.devices.collect().map(\.name) == ["laptop"])
      #expect(try await target.administrator.device(device.key, of: "ada").key == device.key)

      let second = try await client.signIn("ada", device: confirmed.device)
        .start(.srp(password: FlowTarget.password)).finished()
      #expect(second.newDevice == nil)
      #expect(second.tokens.deviceKey == device.key)
      let refreshToken = try #require(second.tokens.refreshToken)
      let renewed = try await client.renew(
        refreshToken: refreshToken, username: second.tokens.username, deviceKey: second.tokens.deviceKey)
      #expect(renewed.deviceKey == device.key)

      try await client.user(renewed).forgetDevice(device.key)
      #expect(try await target.administrator.devices(of: "ada").collect().isEmpty)
    },
  ]
}
