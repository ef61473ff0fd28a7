import Cognito
import LoginProtocol
import TokenCache

/// The tokens of a login at this machine, which the login daemon holds until their collector says that they are stored.
package struct Lease: Sendable {
  package var id: LeaseID
  package var session: StoredSession
  package var tokens: TokenSet

  package init(id: LeaseID, session: StoredSession, tokens: TokenSet) {
    self.id = id
    self.session = session
    self.tokens = tokens
  }
}

package protocol LeaseSource: Sendable {
  /// - Returns: nil when there is no login to collect for this profile's pool and client, and when no daemon runs.
  func collect(for profile: Profile) throws -> Lease?
  /// The lease is stored: its holder may forget it. Failing is harmless: it is collected again.
  func confirm(_ lease: Lease)
  /// The user's session is over: what wasn't collected is to be dropped.
  /// - Returns: whether the daemon has done so; false when there is none.
  func signOut() throws -> Bool
}
