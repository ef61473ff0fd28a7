import Cognito
import FoundationEssentials
import TokenCache

/// The real user pool behind stored sessions.
package struct PoolSessions: SessionRenewing {
  package init() {}

  package func renew(
    _ session: StoredSession, for profile: Profile, keep: (Secret) async throws -> Void
  ) async throws -> FreshTokens {
    let client = try profile.client()
    do {
      let tokens = try await client.renew(
        refreshToken: session.refreshToken, username: session.username, deviceKey: session.deviceKey, rotated: keep)
      return try FreshTokens(tokens)
    } catch let error as CognitoError {
      switch error.code {
      case .refreshTokenRejected, .refreshTokenReuse, .signInRequired, .userDisabled, .userNotFound:
        throw RenewalRefused(reason: error.message)
      default: throw error
      }
    }
  }
}

extension FreshTokens {
  package init(_ tokens: TokenSet) throws(CognitoError) {
    self.init(
      accessToken: tokens.accessToken, idToken: tokens.idToken,
      accessExpiresAt: try TokenExpiry.of(tokens.accessToken), idExpiresAt: try TokenExpiry.of(tokens.idToken))
  }
}

extension StoredSession {
  /// The session of a sign-in that has just succeeded.
  /// - Throws: `signInRequired` when the app client gets no refresh token, so that there is nothing to keep.
  package init(_ tokens: TokenSet, for profile: Profile, now: Int64) throws(CognitoError) {
    guard let refreshToken = tokens.refreshToken else {
      throw CognitoError(
        .invalidConfiguration, "The app client gets no refresh token, so the session can't be kept: allow it one.")
    }
    self.init(
      username: tokens.username, userPoolID: profile.userPoolID, clientID: profile.clientID,
      refreshToken: refreshToken, deviceKey: tokens.deviceKey, signedInAt: now)
  }
}

extension PoolSessions {
  /// Tells the pool that a session is over.
  /// - Parameters:
  ///   - accessToken: a valid one, if there is one at hand
  ///   - everywhere: also end the user's sessions on other devices
  package func end(
    _ session: StoredSession, _ accessToken: String?, for profile: Profile, everywhere: Bool
  ) async throws {
    let client = try profile.client()
    do {
      var refreshToken = session.refreshToken
      if everywhere {
        var token = accessToken
        if token == nil {
          token = try await renew(session, for: profile) { refreshToken = $0 }.accessToken
        }
        if let token { try await client.globalSignOut(accessToken: token) }
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
