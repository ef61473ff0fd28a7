import Glibc
import Testing
import TokenCache

/// A keyring in which one call fails as the kernel would.
private struct FailingKeyring: Keyring {
  enum Call { case add, update, search, read, permissions, timeout, link }
  let failing: Call
  let code: Int32
  var holdsOld = false

  private func attempt(_ call: Call) throws(KeyringError) {
    if call == failing { throw KeyringError(errno: code) }
  }

  func add(description: String, payload: [UInt8], to ring: Key) throws(KeyringError) -> Key {
    try attempt(ring == KernelKeyring.thread ? .add : .update)
    return 7
  }
  func search(_ ring: Key, description: String) throws(KeyringError) -> Key {
    try attempt(.search)
    if !holdsOld { throw KeyringError(errno: ENOKEY) }
    return 7
  }
  func read(_ key: Key, maximumBytes: Int) throws(KeyringError) -> [UInt8] {
    try attempt(.read)
    return []
  }
  func setPermissions(_ key: Key, _ permissions: UInt32) throws(KeyringError) { try attempt(.permissions) }
  func setTimeout(_ key: Key, seconds: UInt32) throws(KeyringError) { try attempt(.timeout) }
  func link(_ key: Key, into ring: Key) throws(KeyringError) { try attempt(.link) }
  func unlink(_ key: Key, from ring: Key) throws(KeyringError) {}
  func invalidate(_ key: Key) throws(KeyringError) {}
  func persistentKeyring() throws(KeyringError) -> Key { throw KeyringError(errno: ENOSYS) }
}

@Suite("a kernel that refuses")
struct FailingKeyringTests {
  private let profile = Profile(name: "w", userPoolID: "eu-west-1_A", clientID: "1")
  private let token = CachedToken(token: "t", username: "ann", expiresAt: 2000)

  @Test("no write depends on it: full quota, no keyrings, forbidden", arguments: [EDQUOT, ENOSYS, EPERM, EACCES])
  func writes(code: Int32) {
    for call in [FailingKeyring.Call.add, .permissions, .timeout, .link] {
      let cache = KernelTokenCache(keyring: FailingKeyring(failing: call, code: code))
      #expect(!cache.store(token, .access, of: profile, now: 1000))
    }
    for call in [FailingKeyring.Call.update, .timeout] {
      let cache = KernelTokenCache(keyring: FailingKeyring(failing: call, code: code, holdsOld: true))
      #expect(!cache.store(token, .access, of: profile, now: 1000))
    }
  }

  @Test("nor does a read", arguments: [ENOKEY, EKEYEXPIRED, EKEYREVOKED, EACCES, ENOSYS, EPERM, EIO])
  func reads(code: Int32) {
    for call in [FailingKeyring.Call.search, .read] {
      let cache = KernelTokenCache(keyring: FailingKeyring(failing: call, code: code, holdsOld: true))
      #expect(cache.token(.access, of: profile, now: 1000) == nil)
      if call == .search { #expect(!cache.drop(.access, of: profile)) }
    }
  }
}
