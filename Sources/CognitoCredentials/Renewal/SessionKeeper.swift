import Cognito
import Glibc
import SystemSupport
import TokenCache

/// A store, and what to do when it fails at the one bad moment: after the pool has rotated the refresh token, the only
/// good one is in this process's memory. Then the session goes into the kernel's user keyring for a day, the failure is
/// told, and the next call puts it where it belongs.
struct SessionKeeper: Sendable {
  let store: any SessionKeeping
  let keyring: any Keyring

  static let pendingSeconds: UInt32 = 86_400

  func load(_ profile: Profile) throws(SessionStoreError) -> StoredSession? {
    guard let pending = pending(profile) else { return try store.load(profile) }
    // Still failing: the pending one is what works.
    guard (try? store.save(pending, for: profile)) != nil else { return pending }
    _ = try? key(profile).remove()
    return pending
  }

  /// Puts a renewed session where it rests.
  /// - Parameter makeRoom: gives up what is expendable, when the kernel's quota for this uid is full
  func save(_ session: StoredSession, for profile: Profile, makeRoom: () -> Void) throws {
    try keep(session, profile, makeRoom) { () throws(SessionStoreError) in try store.save(session, for: profile) }
  }

  /// Keeps the session of a new sign-in.
  func adopt(_ session: StoredSession, for profile: Profile, makeRoom: () -> Void) throws -> Placement {
    try keep(session, profile, makeRoom) { () throws(SessionStoreError) in try store.adopt(session, for: profile) }
  }

  private func keep<Value>(
    _ session: StoredSession, _ profile: Profile, _ makeRoom: () -> Void, _ put: () throws(SessionStoreError) -> Value
  ) throws -> Value {
    // A pending one must never be older than what it would replace, wherever this process is killed.
    if pending(profile) != nil { _ = keepPending(session, profile) }
    do throws(SessionStoreError) {
      let value: Value
      do throws(SessionStoreError) {
        value = try put()
      } catch  where error.code == .quota {
        makeRoom()
        value = try whenThereIsRoom(put)
      }
      _ = try? key(profile).remove()
      return value
    } catch {
      guard keepPending(session, profile) else { throw error }
      throw TokenProviderError(
        .notSaved, "\(error) The renewed session waits in the kernel's keyring for a day and is kept at the next call.")
    }
  }

  /// The kernel gives a removed key's part of the quota back when its collector has run: measured, 15 to 20 ms later.
  private func whenThereIsRoom<Value>(_ put: () throws(SessionStoreError) -> Value) throws(SessionStoreError) -> Value {
    for _ in 0..<20 {
      do throws(SessionStoreError) {
        return try put()
      } catch  where error.code == .quota {
        usleep(10_000)
      }
    }
    return try put()
  }

  /// Every session that is to be ended, and why there may be one that can't be read.
  func all(_ profile: Profile) -> (sessions: [StoredSession], failure: SessionStoreError?) {
    var found = store.all(profile)
    if let pending = pending(profile) { found.sessions.append(pending) }
    return found
  }

  func forget(_ profile: Profile) throws(SessionStoreError) -> SessionRemoval {
    let wasPending = (try? key(profile).remove()) ?? false
    var removal = try store.forget(profile)
    if wasPending { removal.wasThere = true }
    return removal
  }

  func pending(_ profile: Profile) -> StoredSession? {
    guard var bytes = try? key(profile).read() else { return nil }
    defer { wipe(&bytes) }
    return try? StoredSession(decoding: bytes)
  }

  private func keepPending(_ session: StoredSession, _ profile: Profile) -> Bool {
    guard var bytes = try? session.encoded() else { return false }
    defer { wipe(&bytes) }
    return (try? key(profile).write(bytes, timeout: Self.pendingSeconds)) != nil
  }

  private func key(_ profile: Profile) -> SharedKey {
    SharedKey("cognito-login:pending:\(profile.credentialID)", in: KernelKeyring.user, of: keyring)
  }
}
