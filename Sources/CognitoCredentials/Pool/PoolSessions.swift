import Cognito
import FoundationEssentials
import TokenCache

/// The real user pool behind stored sessions.
package struct PoolSessions: SessionRenewing {
  private let program: String

  /// - Parameter program: what the user's list of sessions calls who asks
  package init(program: String = "cognito") {
    self.program = program
  }

  package func renew(
    _ session: StoredSession, for profile: Profile, keep: (Secret) async throws -> Void
  ) async throws -> TokenSet {
    let client = try profile.client(program: program)
    do {
      return try await client.renew(
        refreshToken: session.refreshToken, username: session.username, deviceKey: session.deviceKey, rotated: keep)
    } catch let error as CognitoError {
      switch error.code {
      case .refreshTokenRejected, .refreshTokenReuse, .signInRequired, .userDisabled, .userNotFound:
        throw RenewalRefused(reason: error.message)
      default: throw error
      }
    }
  }
}

extension PoolSessions {
  package func replaced(_ old: StoredSession, by new: StoredSession, _ tokens: TokenSet, for profile: Profile) async {
    guard let client = try? profile.client(program: program, timeout: .seconds(3)) else { return }
    await DeviceKeeping(client).forget(old, replacedBy: new, tokens)
  }
}

extension StoredSession {
  /// The session of a sign-in that has just succeeded.
  /// - Parameter typedName: what the person signed in by
  /// - Throws: `signInRequired` when the app client gets no refresh token, so that there is nothing to keep.
  package init(_ tokens: TokenSet, typedName: String, for profile: Profile, now: Int64) throws(CognitoError) {
    guard let refreshToken = tokens.refreshToken else {
      throw CognitoError(
        .invalidConfiguration, "The app client gets no refresh token, so the session can't be kept: allow it one.")
    }
    self.init(
      username: tokens.username, typedName: typedName, subject: tokens.subject, userPoolID: profile.userPoolID,
      clientID: profile.clientID, refreshToken: refreshToken, deviceKey: tokens.deviceKey, signedInAt: now)
  }
}

extension PoolSessions {
  /// Tells the pool that a session is over: by RevokeToken, and by GlobalSignOut for all devices. With an access token
  /// alone only the latter is possible.
  /// - Parameter everywhere: also end the user's sessions on other devices
  package func end(_ target: SignOutTarget, for profile: Profile, everywhere: Bool) async throws {
    let client = try profile.client(program: program)
    do {
      let (session, accessToken): (StoredSession, String?)
      switch target {
      case .session(let known, let token): (session, accessToken) = (known, token)
      case .unreadable(let token):
        guard everywhere else {
          throw CognitoError(
            .signInRequired, "Its refresh token can't be read, and without it only all sessions can be ended together.")
        }
        return try await client.globalSignOut(accessToken: token)
      }
      var refreshToken = session.refreshToken
      let device = session.ownsDevice ? session.deviceKey : nil
      if everywhere || device != nil {
        var token = accessToken
        if token == nil {
          token = try await renew(session, for: profile) { refreshToken = $0 }.accessToken
        }
        if let token {
          // First, while the token is good. A device that stays in the list lets nobody in: its session is over.
          if let device { try? await client.user(accessToken: token).forgetDevice(device) }
          if everywhere { try await client.globalSignOut(accessToken: token) }
        }
      }
      try await client.revoke(refreshToken: refreshToken)
    } catch is RenewalRefused {
      // It was over already.
    } catch let error as CognitoError {
      switch error.code {
      case .notAuthorized, .refreshTokenRejected, .userNotFound, .userDisabled, .unsupportedOperation: return
      default: throw error
      }
    }
  }
}
