import Cognito
import Glibc
import SystemSupport
import TokenCache

/// Sessions in the kernel's persistent keyring of this uid, for machines with no Secret Service (SSH, servers): in
/// memory only, kept across logins, forgotten at a reboot or three days after the last use
/// (/proc/sys/kernel/keys/persistent_keyring_expiry).
package struct KernelPersistentStore: SessionStore {
  private let keyring: any Keyring

  package init(keyring: any Keyring = KernelKeyring()) { self.keyring = keyring }

  package func load(_ profile: Profile) throws(SessionStoreError) -> StoredSession? {
    guard var bytes = try attempt({ () throws(KeyringError) in try key(profile).read() }) else { return nil }
    defer { wipe(&bytes) }
    return try StoredSession(decoding: bytes)
  }

  package func save(_ session: StoredSession, for profile: Profile) throws(SessionStoreError) {
    var bytes = try session.encoded()
    defer { wipe(&bytes) }
    let payload = bytes
    try attempt { () throws(KeyringError) in try key(profile).write(payload, timeout: nil) }
  }

  package func remove(_ profile: Profile) throws(SessionStoreError) -> Bool {
    try attempt { () throws(KeyringError) in try key(profile).remove() }
  }

  /// The keyring has to be linked by the process that uses it, each time.
  private func key(_ profile: Profile) throws(KeyringError) -> SharedKey {
    SharedKey("cognito-login:session:\(profile.credentialID)", in: try keyring.persistentKeyring(), of: keyring)
  }

  private func attempt<Value>(_ body: () throws(KeyringError) -> Value) throws(SessionStoreError) -> Value {
    do throws(KeyringError) {
      return try body()
    } catch {
      switch error.errno {
      case EDQUOT: throw SessionStoreError(.quota, "The kernel's keyring of this user is full.")
      case ENOSYS, EPERM, EACCES, EOPNOTSUPP:
        throw SessionStoreError(.unsupported, "The kernel's keyrings can't be used here.")
      default:
        throw SessionStoreError(
          .failed, "The kernel's keyring failed: \(String(cString: strerror(error.errno))).")
      }
    }
  }
}
