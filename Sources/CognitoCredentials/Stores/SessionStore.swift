import TokenCache

/// One place where sessions rest. When it fails, the failure is told.
package protocol SessionStore: Sendable {
  /// - Returns: nil when there is none.
  func load(_ profile: Profile) throws(SessionStoreError) -> StoredSession?
  /// Returns when the session would survive the end of this program.
  func save(_ session: StoredSession, for profile: Profile) throws(SessionStoreError)
  /// - Returns: whether there was one.
  @discardableResult
  func remove(_ profile: Profile) throws(SessionStoreError) -> Bool
}

/// The desktop's keyring, which may be away, empty or locked. Only `unlock` ever asks a person for anything.
package protocol DesktopKeyring: SessionStore {
  /// Returns when a session can be kept now.
  func check() throws(SessionStoreError)
  /// Opens the keyring, and the item of this profile, if there is a screen to ask at. To be called while no lock is held:
  /// a person may take minutes.
  func unlock(_ profile: Profile) throws(SessionStoreError)
}
