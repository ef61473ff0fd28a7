/// Who else knows names and ids on this machine, besides /etc/passwd and /etc/group: LDAP, SSSD, systemd's own users.
package protocol Directories {
  /// The uid of a user.
  func user(named name: String) throws(RecordRefusal) -> UInt32?
  /// The gid of a group.
  func group(named name: String) throws(RecordRefusal) -> UInt32?
  /// Is it a user's or a group's?
  func has(id: UInt32) throws(RecordRefusal) -> Bool
}
