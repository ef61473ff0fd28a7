import CognitoCredentials
import Synchronization
import TokenCache

/// A desktop's keyring that fails as it is told to.
final class FakeDesktop: DesktopKeyring {
  let store = MemoryStore(nil, Journal())
  private let failure = Mutex<SessionStoreError?>(nil)
  private let count = Mutex(0)

  var unlocked: Int { count.withLock { $0 } }
  func fail(_ error: SessionStoreError?) { failure.withLock { $0 = error } }

  func check() throws(SessionStoreError) {
    if let error = failure.withLock({ $0 }) { throw error }
  }
  func unlock(_ profile: Profile) throws(SessionStoreError) { count.withLock { $0 += 1 } }
  func load(_ profile: Profile) throws(SessionStoreError) -> StoredSession? {
    try check()
    return try store.load(profile)
  }
  func save(_ session: StoredSession, for profile: Profile) throws(SessionStoreError) {
    try check()
    try store.save(session, for: profile)
  }
  func remove(_ profile: Profile) throws(SessionStoreError) -> Bool {
    try check()
    return try store.remove(profile)
  }
}
