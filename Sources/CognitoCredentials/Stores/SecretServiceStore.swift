import CSecret
import Cognito
import SystemSupport
import TokenCache

/// Sessions in the desktop's keyring, through libsecret (the freedesktop Secret Service).
///
/// libsecret's simple calls wait for ever behind a prompt and can't tell a locked item from a missing one, so this
/// asks step by step, and each operation has a deadline.
package struct SecretServiceStore: SessionStore {
  package var name: String { "the Secret Service" }

  /// May the user be asked to unlock the keyring? Never in a helper, whose caller may have no terminal and no screen.
  private let mayPrompt: Bool
  private let timeout: Duration

  /// - Parameter timeout: for a whole operation; raised when somebody has to type a password meanwhile
  package init(mayPrompt: Bool, timeout: Duration? = nil) {
    self.mayPrompt = mayPrompt
    self.timeout = timeout ?? (mayPrompt ? .seconds(120) : .seconds(5))
  }

  package func load(_ profile: Profile) throws(SessionStoreError) -> StoredSession? {
    let call = SecretServiceCall(timeout: timeout)
    let service = try call.service()
    defer { g_object_unref(service) }
    guard let item = try unlockedItem(of: profile, call, service) else { return nil }
    defer { g_object_unref(item) }
    var bytes = try call.secret(of: item)
    defer { wipe(&bytes) }
    return try StoredSession(decoding: bytes)
  }

  package func save(_ session: StoredSession, for profile: Profile) throws(SessionStoreError) {
    let call = SecretServiceCall(timeout: timeout)
    let service = try call.service()
    defer { g_object_unref(service) }
    if let collection = try call.defaultCollection(service) {
      defer { g_object_unref(collection) }
      if secret_collection_get_locked(collection) != 0 {
        guard mayPrompt else { throw Self.locked }
        try call.unlock(UnsafeMutableRawPointer(collection), service)
      }
    } else if !mayPrompt {
      throw SessionStoreError(.noCollection, "The Secret Service has no default keyring to keep the session in.")
    }
    var bytes = try session.encoded()
    defer { wipe(&bytes) }
    try call.store(
      bytes, label: "Cognito session of \(session.typedName ?? session.username) (\(profile.name))",
      attributes(profile), service)
  }

  package func remove(_ profile: Profile) throws(SessionStoreError) -> Bool {
    let call = SecretServiceCall(timeout: timeout)
    let service = try call.service()
    defer { g_object_unref(service) }
    guard let item = try unlockedItem(of: profile, call, service) else { return false }
    g_object_unref(item)
    return try call.clear(attributes(profile), service)
  }

  /// The profile's item, unlocked if need be and allowed.
  private func unlockedItem(
    of profile: Profile, _ call: SecretServiceCall, _ service: SecretServiceCall.Service
  ) throws(SessionStoreError) -> UnsafeMutablePointer<SecretItem>? {
    guard let item = try call.firstItem(matching: attributes(profile), service) else {
      // Some services find nothing at all in a locked collection: that isn't "not signed in".
      if try isDefaultLocked(call, service) { throw Self.locked }
      return nil
    }
    guard secret_item_get_locked(item) != 0 else { return item }
    guard mayPrompt else {
      g_object_unref(item)
      throw Self.locked
    }
    do throws(SessionStoreError) {
      try call.unlock(UnsafeMutableRawPointer(item), service)
    } catch {
      g_object_unref(item)
      throw error
    }
    return item
  }

  private func isDefaultLocked(
    _ call: SecretServiceCall, _ service: SecretServiceCall.Service
  ) throws(SessionStoreError) -> Bool {
    guard let collection = try call.defaultCollection(service) else { return false }
    defer { g_object_unref(collection) }
    guard secret_collection_get_locked(collection) != 0 else { return false }
    guard mayPrompt else { return true }
    try call.unlock(UnsafeMutableRawPointer(collection), service)
    return false
  }

  private func attributes(_ profile: Profile) -> [(String, String)] {
    [
      ("application", "cognito-login"), ("credential", profile.credentialID), ("profile", profile.name),
      ("user_pool_id", profile.userPoolID),
      ("client_id", profile.clientID),
    ]
  }

  private static let locked = SessionStoreError(.locked, "The keyring that holds the session is locked.")
}
