import Cognito
import FoundationEssentials
import Synchronization
import Testing

/// What was typed, the pool's own name, the `sub` and the aliases are four things. Each flow goes the whole way with a
/// name that isn't the pool's: signing in, confirming the device, renewing, signing in with the device, signing out.
extension Flow {
  private struct Naming: Sendable {
    let name: String
    /// What the administrator calls the account.
    let made: String
    let typed: String
    let pool: [String: JSONValue]
    var attributes: UserAttributes = [.email: "ada@example.com"]
  }

  private static let namings: [Naming] = [
    Naming(name: "user names", made: "ada", typed: "ada", pool: [:]),
    Naming(
      name: "e-mail addresses", made: "ada@example.com", typed: "ada@example.com",
      pool: ["UsernameAttributes": ["email"]]),
    Naming(
      name: "names in any letters", made: "Ada.Lovelace", typed: "ada.LOVELACE",
      pool: ["UsernameConfiguration": ["CaseSensitive": false]]),
    Naming(
      name: "aliases", made: "e1234567", typed: "hopper", pool: ["AliasAttributes": ["preferred_username"]],
      attributes: [.preferredUsername: "hopper"]),
  ]

  /// Devices as a program keeps them, by the pool's own name.
  private final class Shelf: Sendable {
    private let devices = Mutex<[DeviceStorageKey: RememberedDevice]>([:])
    private let keys = Mutex<[DeviceStorageKey]>([])

    var asked: [DeviceStorageKey] { keys.withLock { $0 } }
    func put(_ device: RememberedDevice, _ key: DeviceStorageKey) { devices.withLock { $0[key] = device } }
    func find(_ key: DeviceStorageKey) -> RememberedDevice? {
      keys.withLock { $0.append(key) }
      return devices.withLock { $0[key] }
    }
  }

  static let names: [Flow] = namings.flatMap { naming in
    [
      whole(naming, asksUser: false, hasSecret: true, rotates: false),
      whole(naming, asksUser: true, hasSecret: false, rotates: true),
    ]
  }

  private static func whole(_ naming: Naming, asksUser: Bool, hasSecret: Bool, rotates: Bool) -> Flow {
    var pool = naming.pool
    pool["DeviceConfiguration"] = [
      "ChallengeRequiredOnNewDevice": true, "DeviceOnlyRememberedOnUserPrompt": .bool(asksUser),
    ]
    let conditions =
      (asksUser ? "devices remembered when the user says so" : "devices always remembered")
      + (hasSecret ? ", client secret" : "") + (rotates ? ", rotation" : "")
    return Flow(
      "all the way with \(naming.name): \(conditions)", motoLacks: "no device operations", pool: .object(pool)
    ) { target in
      try await target.makeUser(naming.made, attributes: naming.attributes)
      let client = try await target.client(hasSecret: hasSecret) { app in
        app.accessTokenValidity = .seconds(600)
        app.idTokenValidity = .seconds(1200)
        guard rotates else { return }
        app.refreshTokenRotation = .init(isOn: true)
        app.authFlows = ["ALLOW_USER_SRP_AUTH"]
      }
      let own = try await target.administrator.user(naming.typed)
      let first = try await client.signIn(naming.typed).start(.srp(password: FlowTarget.password)).finished()
      #expect(first.tokens.username == own.username)
      #expect(first.tokens.subject == own.sub)
      #expect((first.tokens.username == naming.typed) == (naming.name == "user names"))
      // Each token has its own end.
      #expect(first.tokens.idExpiresAt.timeIntervalSince(first.tokens.accessExpiresAt) == 600)
      #expect(first.tokens.expiresAt == first.tokens.expiresAt(.access))

      // Before the device is confirmed nothing is renewed.
      #expect(first.mustConfirmDevice)
      #expect(first.tokens.deviceKey == first.newDevice?.key)
      let refreshToken = try #require(first.tokens.refreshToken)
      await #expect(throws: CognitoError(.refreshTokenRejected, "")) {
        try await client.renew(
          refreshToken: refreshToken, username: first.tokens.username, deviceKey: first.tokens.deviceKey)
      }
      let confirmed = try #require(try await client.confirmNewDevice(of: first, name: "laptop"))
      #expect(confirmed.needsUserConfirmation == asksUser)
      var tokens = first.tokens
      for operation in [RenewalOperation.getTokensFromRefreshToken, .refreshTokenAuth, .automatic] {
        if rotates, operation == .refreshTokenAuth { continue }
        tokens = try await client.renew(
          refreshToken: #require(tokens.refreshToken), username: tokens.username, deviceKey: tokens.deviceKey,
          with: operation)
        #expect(tokens.username == first.tokens.username)
        #expect(tokens.deviceKey == confirmed.device.key)
        #expect((tokens.refreshToken == refreshToken) == !rotates)
      }

      // The device is kept under the pool's own name, and found by it whatever is typed.
      if asksUser { try await client.user(tokens).setDevice(confirmed.device.key, remembered: true) }
      let shelf = Shelf()
      shelf.put(confirmed.device, DeviceStorageKey(pool: client.pool, tokens: tokens))
      let second = try await client.signIn(naming.typed) { key in shelf.find(key) }
        .start(.srp(password: FlowTarget.password)).finished()
      #expect(shelf.asked.map(\.username) == [tokens.username])
      #expect(!second.mustConfirmDevice && !second.deviceWasForgotten)
      #expect(second.tokens.deviceKey == confirmed.device.key)
      #expect(try await client.confirmNewDevice(of: second, name: "laptop") == nil)

      // Signing out: of one session, then of all.
      let last = try #require(second.tokens.refreshToken)
      try await client.revoke(refreshToken: last)
      await #expect(throws: CognitoError(.refreshTokenRejected, "")) {
        try await client.renew(refreshToken: last, username: tokens.username, deviceKey: tokens.deviceKey)
      }
      try await client.user(tokens).forgetDevice(confirmed.device.key)
      #expect(try await client.user(tokens).devices.collect().isEmpty)
      try await client.globalSignOut(accessToken: tokens.accessToken)
      await #expect(throws: CognitoError.self) { try await client.user(tokens).details() }
    }
  }
}
