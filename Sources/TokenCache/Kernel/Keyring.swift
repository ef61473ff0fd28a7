/// What the cache needs of the kernel's keyrings (keyrings(7)). A protocol, so that tests can bring about what a full
/// quota or a container that forbids `keyctl` answers.
package protocol Keyring: Sendable {
  typealias Key = Int32
  func add(description: String, payload: [UInt8], to ring: Key) throws(KeyringError) -> Key
  func search(_ ring: Key, description: String) throws(KeyringError) -> Key
  func read(_ key: Key, maximumBytes: Int) throws(KeyringError) -> [UInt8]
  func setPermissions(_ key: Key, _ permissions: UInt32) throws(KeyringError)
  /// - Parameter seconds: from now
  func setTimeout(_ key: Key, seconds: UInt32) throws(KeyringError)
  func link(_ key: Key, into ring: Key) throws(KeyringError)
  func unlink(_ key: Key, from ring: Key) throws(KeyringError)
  /// Removes the key at once, for everybody, without waiting for the kernel's collector.
  func invalidate(_ key: Key) throws(KeyringError)
  /// Links this uid's persistent keyring into this process and returns it.
  func persistentKeyring() throws(KeyringError) -> Key
}

package struct KeyringError: Error, Equatable {
  package var errno: Int32
  package init(errno: Int32) { self.errno = errno }
}
