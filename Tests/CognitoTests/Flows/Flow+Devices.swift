import Cognito
import Testing

extension Flow {
  private static let noDevices = "no device operations"

  private static func tracking(onPrompt: Bool, inPlaceOfSecondFactor: Bool = true) -> JSONValue {
    [
      "DeviceConfiguration": [
        "ChallengeRequiredOnNewDevice": .bool(inPlaceOfSecondFactor),
        "DeviceOnlyRememberedOnUserPrompt": .bool(onPrompt),
      ]
    ]
  }

  /// A user with SMS as second factor, signed in by it.
  private static func withSecondFactor(_ target: FlowTarget) async throws -> (UserPoolClient, SignInResult) {
    try await target.setMFA("ON", [.sms])
    try await target.makeUser(attributes: [.phoneNumber: "+46701234567"])
    let client = try await target.client(hasSecret: true)
    return (client, try await bySMS(client, target))
  }

  private static func bySMS(
    _ client: UserPoolClient, _ target: FlowTarget, device: RememberedDevice? = nil
  ) async throws -> SignInResult {
    let signIn = client.signIn("ada", device: device)
    #expect(try await signIn.start(.srp(password: FlowTarget.password)).delivery().medium == .sms)
    return try await signIn.respond(.code(target.lastCode())).finished()
  }

  private static func bare(_ client: UserPoolClient, _ device: RememberedDevice) async throws -> SignInResult {
    try await client.signIn("ada", device: device).start(.srp(password: FlowTarget.password)).finished()
  }

  static let devices: [Flow] = [
    Flow(
      "a remembered device stands in for the second factor (DEVICE_SRP_AUTH)", motoLacks: noDevices,
      pool: tracking(onPrompt: false)
    ) { target in
      let (client, first) = try await withSecondFactor(target)
      let confirmed = try await client.user(first.tokens).confirm(#require(first.newDevice), name: "laptop")
      #expect(!confirmed.needsUserConfirmation)
      let second = try await bare(client, confirmed.device)
      #expect(second.tokens.deviceKey == confirmed.device.key)
      #expect(second.newDevice == nil)
      // By sending the password as well.
      let third = try await client.signIn("ada", device: confirmed.device).start(.password(FlowTarget.password))
      #expect(try third.finished().tokens.deviceKey == confirmed.device.key)
      // A wrong device password: the second factor is asked for after all.
      let thief = RememberedDevice(
        key: confirmed.device.key, groupKey: confirmed.device.groupKey, password: Secret(utf8: "guessed"))
      let result = try await bySMS(client, target, device: thief)
      #expect(result.deviceWasForgotten)
      #expect(result.newDevice != nil)
    },
    Flow(
      "a remembered device proves itself after the second factor, where the pool says so", motoLacks: noDevices,
      pool: tracking(onPrompt: false, inPlaceOfSecondFactor: false)
    ) { target in
      let (client, first) = try await withSecondFactor(target)
      let device = try await client.user(first.tokens).confirm(#require(first.newDevice), name: "laptop").device
      let before = try target.requests("RespondToAuthChallenge")
      let second = try await bySMS(client, target, device: device)
      #expect(second.tokens.deviceKey == device.key)
      #expect(second.newDevice == nil)
      // Password, code, and the device's two steps.
      #expect(try target.requests("RespondToAuthChallenge") - before == 4)
      // A device that can't prove itself is left out: the sign-in begins anew, and asks for another code.
      let thief = RememberedDevice(key: device.key, groupKey: device.groupKey, password: Secret(utf8: "guessed"))
      let signIn = client.signIn("ada", device: thief)
      _ = try await signIn.start(.srp(password: FlowTarget.password)).delivery()
      #expect(try await signIn.respond(.code(target.lastCode())).delivery().medium == .sms)
      #expect(try await signIn.respond(.code(target.lastCode())).finished().deviceWasForgotten)
    },
    Flow(
      "a device counts only when the user says so", motoLacks: noDevices, pool: tracking(onPrompt: true)
    ) { target in
      let (client, first) = try await withSecondFactor(target)
      let user = client.user(first.tokens)
      let confirmed = try await user.confirm(#require(first.newDevice), name: "laptop")
      #expect(confirmed.needsUserConfirmation)
      let asked = try await bySMS(client, target, device: confirmed.device)
      #expect(asked.newDevice == nil)
      #expect(!asked.deviceWasForgotten)
      try await user.setDevice(confirmed.device.key, remembered: true)
      #expect(try await bare(client, confirmed.device).tokens.deviceKey == confirmed.device.key)
      try await user.setDevice(confirmed.device.key, remembered: false)
      _ = try await bySMS(client, target, device: confirmed.device)
    },
    Flow(
      "users and administrators list, remember and forget devices", motoLacks: noDevices,
      pool: tracking(onPrompt: true)
    ) { target in
      let (client, first) = try await withSecondFactor(target)
      let administrator = target.administrator
      let user = client.user(first.tokens)
      let device = try await user.confirm(#require(first.newDevice), name: "laptop").device
      for name in ["desk", "train"] {
        let other = try await bySMS(client, target)
        _ = try await client.user(other.tokens).confirm(#require(other.newDevice), name: name)
      }
      #expect(Set(try await user.devices.collect().map(\.name)) == ["laptop", "desk", "train"])
      let listed = try await administrator.devices(of: "ada", pageSize: 1).collect()
      #expect(Set(listed.map(\.name)) == ["laptop", "desk", "train"])
      #expect(try await user.device(device.key).name == "laptop")
      try await administrator.setDevice(device.key, of: "ada", remembered: true)
      #expect(try await administrator.device(device.key, of: "ada").attributes["device_status"] != nil)
      #expect(try await bare(client, device).tokens.deviceKey == device.key)

      try await administrator.forgetDevice(device.key, of: "ada")
      await #expect(throws: CognitoError(.resourceNotFound, "")) { try await user.device(device.key) }
      await #expect(throws: CognitoError(.resourceNotFound, "")) { try await user.forgetDevice(device.key) }
      await #expect(throws: CognitoError(.resourceNotFound, "")) {
        try await administrator.device(device.key, of: "ada")
      }
      let again = try await bySMS(client, target, device: device)
      #expect(again.deviceWasForgotten)
    },
    Flow(
      "renewal in a pool with devices needs the device key", motoLacks: noDevices, pool: tracking(onPrompt: false)
    ) { target in
      let (client, first) = try await withSecondFactor(target)
      let device = try await client.user(first.tokens).confirm(#require(first.newDevice), name: "laptop").device
      let tokens = try await bare(client, device).tokens
      let refreshToken = try #require(tokens.refreshToken)
      for operation in [RenewalOperation.getTokensFromRefreshToken, .refreshTokenAuth] {
        let renewed = try await client.renew(
          refreshToken: refreshToken, username: tokens.username, deviceKey: tokens.deviceKey, with: operation)
        #expect(renewed.deviceKey == device.key)
        await #expect(throws: CognitoError(.refreshTokenRejected, "")) {
          try await client.renew(refreshToken: refreshToken, username: tokens.username, with: operation)
        }
      }
    },
    Flow(
      "a service's own session confirms its device, renews with it and signs in with it again", motoLacks: noDevices,
      pool: tracking(onPrompt: false)
    ) { target in
      try await target.makeUser()
      let client = try await target.client { $0.refreshTokenValidity = .seconds(86_400) }
      let session = UserSession(
        client: client, username: "ada", password: FlowTarget.password, deviceName: "the nightly job")
      let first = try await session.tokens()
      let user = client.user(first)
      #expect(try await user.devices.collect().map(\.name) == ["the nightly job"])
      try target.advance(by: 7200)
      let second = try await session.tokens()
      #expect(second.accessToken != first.accessToken)
      #expect(try target.requests("InitiateAuth") == 1)
      // When the refresh token is over it signs in again, as the device that it is.
      try target.advance(by: 2 * 86_400)
      let third = try await session.tokens()
      #expect(try target.requests("InitiateAuth") == 2)
      #expect(third.deviceKey == first.deviceKey)
      #expect(try await client.user(third).devices.collect().count == 1)
    },
  ]
}
