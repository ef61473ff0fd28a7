import TokenCache

/// Where sessions rest. Each profile names one; when it fails, the failure is told and no other one is used instead.
package protocol SessionStore: Sendable {
  /// For messages: "the Secret Service", "the kernel's persistent keyring", "the file …".
  var name: String { get }
  /// - Returns: nil when there is none.
  func load(_ profile: Profile) throws(SessionStoreError) -> StoredSession?
  /// Returns when the session would survive the end of this program.
  func save(_ session: StoredSession, for profile: Profile) throws(SessionStoreError)
  /// - Returns: whether there was one.
  @discardableResult
  func remove(_ profile: Profile) throws(SessionStoreError) -> Bool
}
