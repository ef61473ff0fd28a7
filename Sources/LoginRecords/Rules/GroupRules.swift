/// Groups that are as much as root: with the disk, the kernel's memory, the password hashes, a container service or
/// /usr/local in hand, one is root without any log line of sudo. They can't be given to people of a pool, under no name.
///
/// A list can't be complete: what a group may do is said by sudoers, by polkit and by modes of files. `sudo`, `wheel` and
/// others may be mapped, because root wrote them.
package enum GroupRules {
  /// By Debian's fixed gids (base-passwd): root, disk, kmem, shadow, staff.
  static let refusedIDs: Set<UInt32> = [0, 6, 15, 42, 50]

  package static let refusedNames: Set<String> = [
    "root", "disk", "kmem", "mem", "shadow", "staff", "docker", "lxd", "lxc", "incus", "incus-admin", "libvirt",
    "libvirt-qemu", "microk8s", "podman", "cognito-login", "cognito-login-users",
  ]

  /// - Parameter id: the gid that the machine answers for the name
  package static func isRefused(_ name: String, id: UInt32, on machine: AccountFiles) -> Bool {
    refusedNames.contains(name) || isRefused(id, on: machine)
  }

  /// A second name of such a gid is the same group; and so is the own group of another account of root's.
  private static func isRefused(_ id: UInt32, on machine: AccountFiles) -> Bool {
    refusedIDs.contains(id) || machine.ownGroupsOfRoot.contains(id)
      || refusedNames.contains { machine.groups[$0] == id }
  }
}
