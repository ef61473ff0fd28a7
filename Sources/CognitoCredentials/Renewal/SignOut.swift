import Cognito
import TokenCache

/// What a sign-out did. Nothing here gives out a token any more in any case.
package struct SignOutReport: Sendable, Equatable {
  /// Whether there was anything to forget.
  package var wasSignedIn: Bool
  /// Why the pool could not be told, in a sentence; nil when it was, or when there was nothing to tell.
  package var poolFailure: String?
  /// Why the login daemon could not be told to drop what was not collected.
  package var daemonFailure: String?
  /// Why a session is left in its store. It isn't used any more.
  package var left: SessionStoreError?
}

/// What the pool is to be told at a sign-out.
package enum SignOutTarget: Sendable {
  /// - Parameter accessToken: a valid one, if there is one at hand
  case session(StoredSession, accessToken: String?)
  /// Its refresh token can't be read: all that can be done is what its access token may do.
  case unreadable(accessToken: String)
}

extension TokenProvider {
  /// Ends the session: in the kernel's cache and at the login daemon, at the pool, in its store. In this order, so that
  /// whatever fails, no helper answers any more.
  /// - Parameters:
  ///   - pool: what to tell the pool; its failure is reported and doesn't keep the rest from happening
  package func signOut(_ pool: (SignOutTarget) async throws -> Void) async throws -> SignOutReport {
    try await exclusively { state in
      var report = SignOutReport(wasSignedIn: false)
      // First of all, so that no collector can bring a lease back afterwards.
      do { _ = try state.dropLeases() } catch { report.daemonFailure = "\(error)" }
      let accessToken = state.cachedAccessToken()
      report.wasSignedIn = state.dropTokens()
      let (sessions, failure) = state.sessions()
      for session in sessions {
        do {
          try await pool(.session(session, accessToken: accessToken))
        } catch {
          report.poolFailure = "\(error)"
        }
      }
      if failure != nil || (sessions.isEmpty && accessToken != nil) {
        do {
          guard let accessToken else { throw PoolNotTold() }
          try await pool(.unreadable(accessToken: accessToken))
        } catch {
          report.poolFailure = "\(error)"
        }
      }
      let removal = try state.forget()
      report.wasSignedIn = report.wasSignedIn || removal.wasThere || failure != nil
      report.left = removal.failure
      return report
    }
  }
}

/// Neither of a session's tokens can be read.
private struct PoolNotTold: Error, CustomStringConvertible {
  var description: String { "Its refresh token can't be read, and no access token was at hand." }
}
