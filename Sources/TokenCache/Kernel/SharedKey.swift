import Glibc

/// One named value in a keyring that all processes of a uid can use, whether or not they possess the keyring: under
/// sshd with pam_keyinit, in systemd units and in `keyctl session` they don't.
///
/// Such a process can neither read a key with default permissions nor give permissions to one that it adds straight into
/// the user keyring. So a key is made in the thread keyring, opened up there, and only then linked.
package struct SharedKey: Sendable {
  /// Possessor and owner: everything. Group and others: nothing.
  static let permissions: UInt32 = 0x3f3f_0000
  /// Above any Cognito token, and a cap on what a helper reads.
  package static let maximumBytes = 16_384

  private let keyring: any Keyring
  private let ring: Keyring.Key
  private let description: String

  package init(_ description: String, in ring: Keyring.Key, of keyring: any Keyring) {
    self.keyring = keyring
    self.ring = ring
    self.description = description
  }

  /// - Returns: nil when there is no such key, or none that this process may read.
  package func read() throws(KeyringError) -> [UInt8]? {
    guard let key = try find() else { return nil }
    do throws(KeyringError) {
      return try keyring.read(key, maximumBytes: Self.maximumBytes)
    } catch {
      if Self.absence.contains(error.errno) { return nil }
      throw error
    }
  }

  /// Writes the value, in place when the key is there already: a replaced key would count against the uid's quota of
  /// 20,000 bytes until the kernel collects it.
  /// - Parameter timeout: seconds until the kernel forgets the value; nil keeps it
  package func write(_ payload: [UInt8], timeout: UInt32?) throws(KeyringError) {
    if try find() != nil {
      let key = try keyring.add(description: description, payload: payload, to: ring)
      try setTimeout(of: key, timeout, undo: { () throws(KeyringError) in try keyring.invalidate(key) })
      return
    }
    let key = try keyring.add(description: description, payload: payload, to: KernelKeyring.thread)
    defer { try? keyring.unlink(key, from: KernelKeyring.thread) }
    try keyring.setPermissions(key, Self.permissions)
    try setTimeout(of: key, timeout, undo: { () throws(KeyringError) in })
    try keyring.link(key, into: ring)
  }

  /// - Returns: whether there was something to remove.
  @discardableResult
  package func remove() throws(KeyringError) -> Bool {
    guard let key = try find() else { return false }
    try keyring.invalidate(key)
    return true
  }

  private func find() throws(KeyringError) -> Keyring.Key? {
    do throws(KeyringError) {
      return try keyring.search(ring, description: description)
    } catch {
      if Self.absence.contains(error.errno) { return nil }
      throw error
    }
  }

  /// A value whose lifetime can't be set must not stay.
  private func setTimeout(
    of key: Keyring.Key, _ seconds: UInt32?, undo: () throws(KeyringError) -> Void
  ) throws(KeyringError) {
    guard let seconds else { return }
    do throws(KeyringError) {
      try keyring.setTimeout(key, seconds: seconds)
    } catch {
      try? undo()
      throw error
    }
  }

  private static let absence: [Int32] = [ENOKEY, EKEYEXPIRED, EKEYREVOKED, EACCES]
}
