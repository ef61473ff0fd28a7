import TokenCache

/// What a profile's sessions are kept by: a store, or several among which a sign-in chooses.
package protocol SessionKeeping: Sendable {
  /// - Returns: nil when there is none.
  func load(_ profile: Profile) throws(SessionStoreError) -> StoredSession?
  /// Puts a renewed session where it rests.
  func save(_ session: StoredSession, for profile: Profile) throws(SessionStoreError)
  /// Keeps the session of a new sign-in, in place of any other.
  func adopt(_ session: StoredSession, for profile: Profile) throws(SessionStoreError) -> Placement
  /// Whether a new session finds its place even where the old one can't be read.
  func choosesPlace(for profile: Profile) -> Bool
  /// The account of the last sign-in, as far as it is known without its session.
  func isRecorded(_ session: StoredSession, for profile: Profile) -> Bool
  /// Why there is no session, where more is known than that.
  func absence(_ profile: Profile) -> TokenProviderError?
  /// Every session of this profile, wherever it may rest, to be ended; and why there may be one that can't be read.
  func all(_ profile: Profile) -> (sessions: [StoredSession], failure: SessionStoreError?)
  /// Forgets every session, and that there was any. What can't be removed is never used again.
  func forget(_ profile: Profile) throws(SessionStoreError) -> SessionRemoval
}

/// What became of stored sessions at a sign-out.
package struct SessionRemoval: Sendable, Equatable {
  package var wasThere = false
  /// Why one is left in its store.
  package var failure: SessionStoreError?

  package init(wasThere: Bool = false, failure: SessionStoreError? = nil) {
    self.wasThere = wasThere
    self.failure = failure
  }
}
