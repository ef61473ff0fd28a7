import Cognito
import FoundationEssentials

/// The user pool of the configuration, over the network.
package struct CognitoAuthority: PoolAuthority {
  let client: UserPoolClient
  let transport: CurlTransport

  /// - Parameter timeout: for one call, all attempts included; a sign-in step may need two calls. Long enough for a Lambda
  ///   function of the pool that Cognito gives five seconds and calls three times.
  package init(_ settings: LoginConfiguration.Pool, timeout: Duration = .seconds(20)) throws(CognitoError) {
    let pool = try UserPool(
      id: settings.userPoolID, region: settings.region, endpoint: settings.endpoint, issuer: settings.issuer)
    transport = CurlTransport(
      .init(
        caFile: settings.caFile, connectTimeout: .seconds(5), userAgent: .thisMachine(program: "cognito-logind")))
    client = try UserPoolClient(
      pool: pool, clientID: settings.clientID, clientSecret: settings.clientSecret,
      transport: ProgramTransport(transport),
      settings: .init(timeout: timeout, attemptTimeout: .seconds(8), triggerTimeout: timeout))
  }

  package func signIn(
    _ user: String, password: Secret, levels: [String], device: DeviceStore.Entry?
  ) async throws -> SignInStage {
    func start(_ method: SignInMethod) async throws -> SignInStage {
      // The pool's own name for the person decides whose device it is.
      let signIn = client.signIn(user) { key in key.username == device?.username ? device?.device : nil }
      return try await CognitoSignIn(signIn, issuer: client.pool.name).stage(try await signIn.start(method))
    }
    if !levels.isEmpty {
      do {
        // Levels exist in this flow alone.
        return try await start(
          .choice(preferred: .passwordSRP, password: password, stepUp: StepUp(levels: levels)))
      } catch let error as CognitoError where Self.canNotStepUp(error) {
        // The token will say what was reached, once the password was right.
      }
    }
    return try await start(.srp(password: password))
  }

  /// The user can't reach the level, the app client doesn't allow the flow, or the pool has no levels.
  private static func canNotStepUp(_ error: CognitoError) -> Bool {
    [.invalidParameter, .featureUnavailableInTier].contains(error.code)
  }

  package func nameInPool(_ user: String) async throws -> String { try await client.nameInPool(user) }

  package func canWrite(_ attribute: String, value: String, _ tokens: LoginTokens) async throws -> Bool {
    do throws(CognitoError) {
      try await user(tokens).update(UserAttributes([UserAttribute(rawValue: attribute): value]))
      return true
    } catch {
      switch error.code {
      case .notAuthorized: return false
      // As of an attribute that is written once: who signs up may have written it.
      case .invalidParameter, .aliasExists: return true
      default: throw error
      }
    }
  }

  package func verify(_ tokens: LoginTokens) async throws -> PoolIdentity {
    guard let id = tokens.idToken.revealed(), let access = tokens.accessToken.revealed() else {
      throw CognitoError(.tokenMalformed, "A token is not text.")
    }
    let verified = try await client.verifier.verify(id, use: .id, accessToken: access)
    let other = try await client.verifier.verify(access, use: .access)
    guard let username = verified.username, verified.subject == other.subject, other.username == username else {
      throw CognitoError(.tokenClaimMismatch, "The id and the access token are not of one user.")
    }
    return PoolIdentity(
      subject: verified.subject, username: username, groups: Set(verified.groups), claims: verified.claims)
  }

  package func sendResetCode(to user: String) async throws { try await client.forgotPassword(username: user) }

  package func resetPassword(of user: String, code: Secret, to password: Secret) async throws {
    try await client.confirmForgotPassword(username: user, code: code.revealed() ?? "", newPassword: password)
  }

  package func sendConfirmationCode(to user: String) async throws {
    try await client.resendConfirmationCode(username: user)
  }

  package func confirmAccount(of user: String, code: Secret) async throws {
    try await client.confirmSignUp(username: user, code: code.revealed() ?? "")
  }

  package func changePassword(_ tokens: LoginTokens, from previous: Secret, to proposed: Secret) async throws {
    try await user(tokens).changePassword(from: previous, to: proposed)
  }

  package func confirmDevice(
    _ tokens: LoginTokens, name: String, isRemembered: Bool
  ) async throws -> RememberedDevice? {
    guard let device = tokens.newDevice else { return nil }
    let user = try user(tokens)
    let confirmed: SignedInUser.ConfirmedDevice
    do throws(CognitoError) {
      confirmed = try await user.confirm(device, name: name)
    } catch  where error.code == .deviceKeyExists {
      // By an earlier call of ours whose answer was lost, and the device's password with it.
      return nil
    }
    guard isRemembered else {
      // A pool may remember each device that is confirmed.
      if !confirmed.needsUserConfirmation { try? await user.setDevice(device.key, remembered: false) }
      return nil
    }
    if confirmed.needsUserConfirmation { try await user.setDevice(device.key, remembered: true) }
    return confirmed.device
  }

  package func revoke(_ tokens: LoginTokens) async throws {
    guard let token = tokens.refreshToken else { return }
    await forgetDevice(tokens)
    try await client.revoke(refreshToken: token)
  }

  package func signOutEverywhere(_ tokens: LoginTokens) async throws {
    guard let access = tokens.accessToken.revealed() else { return }
    await forgetDevice(tokens)
    try await client.globalSignOut(accessToken: access)
  }

  /// Before the tokens end, while the access token is good. A device that stays in the list lets nobody in.
  private func forgetDevice(_ tokens: LoginTokens) async {
    if let device = tokens.newDevice { try? await user(tokens).forgetDevice(device.key) }
  }

  private func user(_ tokens: LoginTokens) throws(CognitoError) -> SignedInUser {
    guard let access = tokens.accessToken.revealed() else {
      throw CognitoError(.tokenMalformed, "A token is not text.")
    }
    return SignedInUser(client: client, accessToken: access)
  }
}
