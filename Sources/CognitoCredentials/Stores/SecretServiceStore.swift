import CSecret
import Cognito
import SystemSupport
import TokenCache

/// Sessions in the desktop's keyring, through libsecret (the freedesktop Secret Service).
///
/// libsecret's simple calls wait for ever behind a prompt and can't tell a locked item from a missing one, so this
/// asks step by step, and each operation has a deadline that holds even when libsecret doesn't return.
package struct SecretServiceStore: DesktopKeyring {
  private let bus: SessionBus
  private let timeout: Duration
  private let promptTimeout: Duration

  /// - Parameters:
  ///   - bus: how the keyring is reached
  ///   - timeout: for a whole operation
  ///   - promptTimeout: for `unlock`, in which a person types a password
  package init(
    bus: SessionBus = .ofThisProcess, timeout: Duration = .seconds(5), promptTimeout: Duration = .seconds(120)
  ) {
    self.bus = bus
    self.timeout = timeout
    self.promptTimeout = promptTimeout
  }

  package func load(_ profile: Profile) throws(SessionStoreError) -> StoredSession? {
    try operation { call, service throws(SessionStoreError) in
      guard let item = try openItem(of: profile, call, service) else { return nil }
      defer { g_object_unref(item) }
      var bytes = try call.secret(of: item)
      defer { wipe(&bytes) }
      return try StoredSession(decoding: bytes)
    }
  }

  package func check() throws(SessionStoreError) {
    try operation { call, service throws(SessionStoreError) in try checkCollection(call, service) }
  }

  package func save(_ session: StoredSession, for profile: Profile) throws(SessionStoreError) {
    try operation { call, service throws(SessionStoreError) in
      try checkCollection(call, service)
      var bytes = try session.encoded()
      defer { wipe(&bytes) }
      try call.store(
        bytes, label: "Cognito session of \(session.typedName ?? session.username) (\(profile.name))",
        Self.attributes(profile), service)
    }
  }

  package func remove(_ profile: Profile) throws(SessionStoreError) -> Bool {
    try operation { call, service throws(SessionStoreError) in
      guard let item = try openItem(of: profile, call, service) else { return false }
      g_object_unref(item)
      return try call.clear(Self.attributes(profile), service)
    }
  }

  package func unlock(_ profile: Profile) throws(SessionStoreError) {
    guard bus.canAsk else { return }
    try operation(within: promptTimeout) { call, service throws(SessionStoreError) in
      if let item = try call.firstItem(matching: Self.attributes(profile), service) {
        defer { g_object_unref(item) }
        if secret_item_get_locked(item) != 0 { try call.unlock(UnsafeMutableRawPointer(item), service) }
      }
      guard let collection = try call.defaultCollection(service) else { return }
      defer { g_object_unref(collection) }
      if secret_collection_get_locked(collection) != 0 { try call.unlock(UnsafeMutableRawPointer(collection), service) }
    }
  }

  /// A keyring that is there and open. libsecret would make a missing one, behind a prompt for its new password.
  private func checkCollection(
    _ call: SecretServiceCall, _ service: SecretServiceCall.Service
  ) throws(SessionStoreError) {
    guard let collection = try call.defaultCollection(service) else {
      throw SessionStoreError(.noCollection, "The Secret Service has no default keyring to keep the session in.")
    }
    defer { g_object_unref(collection) }
    if secret_collection_get_locked(collection) != 0 { throw Self.locked }
  }

  /// The profile's item, unlocked.
  private func openItem(
    of profile: Profile, _ call: SecretServiceCall, _ service: SecretServiceCall.Service
  ) throws(SessionStoreError) -> UnsafeMutablePointer<SecretItem>? {
    guard let item = try call.firstItem(matching: Self.attributes(profile), service) else {
      // Some services find nothing at all in a locked collection: that isn't "not signed in".
      try checkCollection(call, service)
      return nil
    }
    guard secret_item_get_locked(item) != 0 else { return item }
    g_object_unref(item)
    throw Self.locked
  }

  private func operation<Value: Sendable>(
    within limit: Duration? = nil,
    _ body: @escaping @Sendable (SecretServiceCall, SecretServiceCall.Service) throws(SessionStoreError) -> Value
  ) throws(SessionStoreError) -> Value {
    let (bus, limit) = (bus, limit ?? timeout)
    try bus.prepare()
    return try HardDeadline.run(limit) { () throws(SessionStoreError) in
      let call = SecretServiceCall(timeout: limit)
      // Over ssh, starting a keyring that nobody can open helps nobody.
      if !bus.canAsk { try call.requireOwner() }
      let service = try call.service()
      defer { g_object_unref(service) }
      return try body(call, service)
    }
  }

  private static func attributes(_ profile: Profile) -> [(String, String)] {
    [
      ("application", "cognito-login"), ("credential", profile.credentialID), ("profile", profile.name),
      ("user_pool_id", profile.userPoolID),
      ("client_id", profile.clientID),
    ]
  }

  private static let locked = SessionStoreError(.locked, "The keyring that holds the session is locked.")
}
