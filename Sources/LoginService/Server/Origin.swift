import Glibc
import LoginProtocol

/// Who caused a conversation: what limits and waits are counted by.
///
/// `su`, `sudo` and `sshd` all speak as root, so the socket's peer tells nothing. Whom root's module names is believed; what
/// others say of themselves is not.
package enum Origin: Hashable, Sendable, CustomStringConvertible {
  /// A remote host: its address, or the name that sshd found for it. Of IPv6 the first half: one host has all of the rest.
  case remote(String)
  /// A user of this machine. 0: a console, a display manager, root itself.
  case local(UInt32)

  package init(_ begin: Begin, from peer: Peer) {
    if !peer.isRoot {
      self = .local(peer.uid)
    } else if let caller = begin.caller, caller != 0 {
      self = .local(caller)
    } else if let host = begin.rhost {
      self = .remote(Self.network(of: host))
    } else {
      self = .local(0)
    }
  }

  /// Whether somebody sits there who is on this machine already, and can list its users.
  package var isOnThisMachine: Bool {
    if case .local(let uid) = self { uid != 0 } else { false }
  }

  package var description: String {
    switch self {
    case .remote(let host): "host \(host)"
    case .local(let uid): "uid \(uid)"
    }
  }

  private static func network(of host: String) -> String {
    var address = in6_addr()
    let plain = host.prefix { $0 != "%" }
    guard inet_pton(AF_INET6, String(plain), &address) == 1 else { return host.lowercased() }
    return withUnsafeBytes(of: address) { bytes in
      // ::ffff:192.0.2.1 is 192.0.2.1.
      if bytes.prefix(10).allSatisfy({ $0 == 0 }), bytes[10] == 0xff, bytes[11] == 0xff {
        return bytes.suffix(4).map { String($0) }.joined(separator: ".")
      }
      let groups = stride(from: 0, to: 8, by: 2).map {
        String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16)
      }
      return groups.joined(separator: ":") + "::/64"
    }
  }
}
