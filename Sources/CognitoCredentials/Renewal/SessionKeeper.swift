import Cognito
import Glibc
import SystemSupport
import TokenCache

/// A store, and what to do when it fails at the one bad moment: after the pool has rotated the refresh token, the only
/// good one is in this process's memory. Then the session goes into the kernel's user keyring for a day, the failure is
/// told, and the next call puts it where it belongs.
struct SessionKeeper: Sendable {
  let store: any SessionStore
  let keyring: any Keyring

  static let pendingSeconds: UInt32 = 86_400

  func load(_ profile: Profile) throws(SessionStoreError) -> StoredSession? {
    guard let pending = pending(profile) else { return try store.load(profile) }
    // Still failing: the pending one is what works.
    guard (try? store.save(pending, for: profile)) != nil else { return pending }
    _ = try? key(profile).remove()
    return pending
  }

  /// - Parameter makeRoom: gives up what is expendable, when the kernel's quota for this uid is full
  func save(_ session: StoredSession, for profile: Profile, makeRoom: () -> Void) throws {
    // A pending one must never be older than what it would replace, wherever this process is killed.
    if pending(profile) != nil { _ = keepPending(session, profile) }
    do throws(SessionStoreError) {
      do throws(SessionStoreError) {
        try store.save(session, for: profile)
      } catch  where error.code == .quota {
        makeRoom()
        try saveWhenThereIsRoom(session, profile)
      }
      _ = try? key(profile).remove()
    } catch {
      guard keepPending(session, profile) else { throw error }
      throw TokenProviderError(
        .notSaved, "\(error) The renewed session waits in the kernel's keyring for a day and is kept at the next call.")
    }
  }

  /// The kernel gives a removed key's part of the quota back when its collector has run: measured, 15 to 20 ms later.
  private func saveWhenThereIsRoom(_ session: StoredSession, _ profile: Profile) throws(SessionStoreError) {
    for _ in 0..<20 {
      do throws(SessionStoreError) {
        return try store.save(session, for: profile)
      } catch  where error.code == .quota {
        usleep(10_000)
      }
    }
    try store.save(session, for: profile)
  }

  /// - Returns: whether there was one, in the store or pending.
  func remove(_ profile: Profile) throws(SessionStoreError) -> Bool {
    let wasPending = (try? key(profile).remove()) ?? false
    return try store.remove(profile) || wasPending
  }

  private func pending(_ profile: Profile) -> StoredSession? {
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
