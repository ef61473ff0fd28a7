import Cognito
import TokenCache

/// What a sign-out did. Here everything is forgotten in any case; at the pool only if it could be reached.
package struct SignOutReport: Sendable, Equatable {
  /// Whether there was anything to forget.
  package var wasSignedIn: Bool
  /// Why the pool could not be told, in a sentence; nil when it was, or when there was nothing to tell.
  package var poolFailure: String?
  /// Why the login daemon could not be told to drop what was not collected.
  package var daemonFailure: String?
}

extension TokenProvider {
  /// Ends the session: at the pool, in the store, in the kernel's cache and at the login daemon.
  /// - Parameters:
  ///   - pool: what to tell the pool; its failure is reported and doesn't keep the rest from happening
  package func signOut(
    _ pool: (StoredSession, _ accessToken: String?) async throws -> Void
  ) async throws -> SignOutReport {
    try await exclusively { state in
      var report = SignOutReport(wasSignedIn: false)
      // First of all, so that no collector can bring a lease back afterwards.
      do { _ = try state.dropLeases() } catch { report.daemonFailure = "\(error)" }
      if let session = try state.session() {
        report.wasSignedIn = true
        do { try await pool(session, state.cachedAccessToken()) } catch { report.poolFailure = "\(error)" }
      }
      report.wasSignedIn = try state.forget() || report.wasSignedIn
      return report
    }
  }
}
