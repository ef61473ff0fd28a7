import Glibc

/// The address of a Unix socket, as the kernel takes it.
package struct UnixAddress: Sendable {
  /// One less than the kernel's room: a path ends with a NUL.
  package static let maximumPathBytes = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1

  private let address: sockaddr_un
  private let length: socklen_t

  /// A socket in the file system; nil for a path of no bytes, of more than 107, or with a NUL in it.
  package init?(path: String) {
    let bytes = Array(path.utf8)
    guard (1...Self.maximumPathBytes).contains(bytes.count), !bytes.contains(0) else { return nil }
    self.init(bytes, length: MemoryLayout<sockaddr_un>.size)
  }

  /// As systemd writes addresses: a path from "/", or "@" and the name of an abstract socket.
  package init?(systemd text: String) {
    var bytes = Array(text.utf8)
    if bytes.first == UInt8(ascii: "/") {
      self.init(path: text)
      return
    }
    guard bytes.first == UInt8(ascii: "@"), (2...Self.maximumPathBytes + 1).contains(bytes.count), !bytes.contains(0)
    else { return nil }
    // The NUL in front says that it is abstract, and the length where it ends.
    bytes[0] = 0
    self.init(bytes, length: MemoryLayout<sa_family_t>.size + bytes.count)
  }

  private init(_ bytes: [UInt8], length: Int) {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    self.address = address
    self.length = socklen_t(length)
  }

  /// Lends the address for a system call.
  package func withAddress<Value>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Value) -> Value {
    withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
    }
  }
}
