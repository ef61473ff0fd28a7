import CLinux

/// Who is at the other end of the socket, by the kernel's word (SO_PEERCRED). A setuid program counts as root.
package struct Peer: Sendable, Equatable {
  package let pid: Int32
  package let uid: UInt32
  package let gid: UInt32

  package init(pid: Int32, uid: UInt32, gid: UInt32) {
    self.pid = pid
    self.uid = uid
    self.gid = gid
  }

  /// - Parameter credentials: the kernel's answer
  init(_ credentials: clinux_ucred) {
    self.init(pid: credentials.pid, uid: credentials.uid, gid: credentials.gid)
  }

  package var isRoot: Bool { uid == 0 }
}
