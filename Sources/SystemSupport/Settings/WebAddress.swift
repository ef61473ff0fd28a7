/// A URL in its parts, strictly read: what can't be understood fully is refused, so that what is checked is also what
/// is connected to.
package struct WebAddress: Sendable, Equatable {
  package let scheme: String
  /// In lower case; an IPv6 address in brackets.
  package let host: String
  package let port: Int?
  /// Starts with "/"; as written, percent-encoding kept.
  package let path: String
  /// After "?", as written.
  package let query: String?

  /// `nil` for another scheme than http and https, user information, a fragment, white space, control or non-ASCII
  /// characters, or a port out of range.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count <= 8192, bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\\") }),
      let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
      bytes[colon...].starts(with: "://".utf8), !bytes.contains(UInt8(ascii: "#"))
    else { return nil }
    scheme = HostName.lowercased(Self.text(bytes[..<colon]))
    guard scheme == "https" || scheme == "http" else { return nil }
    let rest = bytes[(colon + 3)...]
    let end = rest.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? rest.endIndex
    guard let (host, port) = Self.authority(rest[..<end]) else { return nil }
    self.host = host
    self.port = port
    let target = rest[end...]
    let mark = target.firstIndex(of: UInt8(ascii: "?")) ?? target.endIndex
    path = target[..<mark].isEmpty ? "/" : Self.text(target[..<mark])
    query = mark == target.endIndex ? nil : Self.text(target[(mark + 1)...])
  }

  private static func authority(_ text: ArraySlice<UInt8>) -> (String, Int?)? {
    var host = text
    var port: Int?
    if let colon = text.lastIndex(of: UInt8(ascii: ":")), text.last != UInt8(ascii: "]") {
      let digits = text[(colon + 1)...]
      guard digits.allSatisfy(isDigit), let number = Int(Self.text(digits)), (1...65535).contains(number) else {
        return nil
      }
      port = number
      host = text[..<colon]
    }
    let isBracketed = host.first == UInt8(ascii: "[") && host.last == UInt8(ascii: "]") && host.count > 1
    let allowed = isBracketed ? host.dropFirst().dropLast() : host
    guard !allowed.isEmpty, host.count <= 255,
      allowed.allSatisfy({ isHostByte($0) || (isBracketed && $0 == UInt8(ascii: ":")) })
    else { return nil }
    return (HostName.lowercased(Self.text(host)), port)
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

  private static func isHostByte(_ byte: UInt8) -> Bool { isAlphanumeric(byte) || "-._".utf8.contains(byte) }

  /// Whether the host is this machine, so that nothing passes over a wire: the reserved name or an address of
  /// 127.0.0.0/8 or ::1 written out in full.
  package var isLoopback: Bool { HostName.isLoopback(host) }

  /// Whether secrets may be sent there.
  package var isSecure: Bool { scheme == "https" || isLoopback }

  /// Host and port, as far as one is written.
  package var authority: String { port.map { "\(host):\($0)" } ?? host }

  /// The Host header: the port is left out when it is the scheme's own.
  package var hostHeader: String {
    guard let port, port != (scheme == "https" ? 443 : 80) else { return host }
    return "\(host):\(port)"
  }
}
