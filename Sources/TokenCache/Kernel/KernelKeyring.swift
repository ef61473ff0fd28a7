import CLinux
import Glibc

/// The kernel's keyrings by system call: no libkeyutils on the hot path.
package struct KernelKeyring: Keyring {
  package static let thread: Key = -1
  package static let process: Key = -2
  package static let user: Key = -4

  package init() {}

  package func add(description: String, payload: [UInt8], to ring: Key) throws(KeyringError) -> Key {
    try Key(check(Int(ckeyring_add("user", description, payload, payload.count, ring))))
  }

  package func search(_ ring: Key, description: String) throws(KeyringError) -> Key {
    let result = "user".withCString { type in
      description.withCString { name in
        ckeyring_ctl(KEYCTL_SEARCH, word(ring), UInt(bitPattern: type), UInt(bitPattern: name), 0)
      }
    }
    return try Key(check(result))
  }

  package func read(_ key: Key, maximumBytes: Int) throws(KeyringError) -> [UInt8] {
    var size = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: maximumBytes) { buffer, initialized in
      size = ckeyring_ctl(KEYCTL_READ, word(key), UInt(bitPattern: buffer.baseAddress), UInt(buffer.count), 0)
      initialized = min(max(size, 0), buffer.count)
    }
    guard try check(size) <= maximumBytes else { throw KeyringError(errno: EFBIG) }
    return bytes
  }

  package func setPermissions(_ key: Key, _ permissions: UInt32) throws(KeyringError) {
    try check(ckeyring_ctl(KEYCTL_SETPERM, word(key), UInt(permissions), 0, 0))
  }

  package func setTimeout(_ key: Key, seconds: UInt32) throws(KeyringError) {
    try check(ckeyring_ctl(KEYCTL_SET_TIMEOUT, word(key), UInt(seconds), 0, 0))
  }

  package func link(_ key: Key, into ring: Key) throws(KeyringError) {
    try check(ckeyring_ctl(KEYCTL_LINK, word(key), word(ring), 0, 0))
  }

  package func unlink(_ key: Key, from ring: Key) throws(KeyringError) {
    try check(ckeyring_ctl(KEYCTL_UNLINK, word(key), word(ring), 0, 0))
  }

  package func invalidate(_ key: Key) throws(KeyringError) {
    try check(ckeyring_ctl(KEYCTL_INVALIDATE, word(key), 0, 0, 0))
  }

  package func persistentKeyring() throws(KeyringError) -> Key {
    try Key(check(ckeyring_ctl(KEYCTL_GET_PERSISTENT, UInt(bitPattern: -1), word(Self.process), 0, 0)))
  }

  @discardableResult
  private func check(_ result: Int) throws(KeyringError) -> Int {
    guard result >= 0 else { throw KeyringError(errno: errno) }
    return result
  }

  /// Special keyrings are negative numbers: sign-extended, as the kernel takes them.
  private func word(_ key: Key) -> UInt { UInt(bitPattern: Int(key)) }
}
