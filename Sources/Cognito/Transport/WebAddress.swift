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
    guard text.utf8.count <= 8192, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\\") }),
      let colon = text.firstRange(of: "://")
    else { return nil }
    scheme = text[..<colon.lowerBound].lowercased()
    guard scheme == "https" || scheme == "http" else { return nil }
    let rest = text[colon.upperBound...]
    guard !rest.contains("#") else { return nil }
    let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
    guard let (host, port) = Self.authority(rest[..<end]) else { return nil }
    self.host = host
    self.port = port
    let target = rest[end...]
    let mark = target.firstIndex(of: "?") ?? target.endIndex
    path = target[..<mark].isEmpty ? "/" : String(target[..<mark])
    query = mark == target.endIndex ? nil : String(target[target.index(after: mark)...])
  }

  private static func authority(_ text: Substring) -> (String, Int?)? {
    var host = text
    var port: Int?
    if let colon = text.lastIndex(of: ":"), !text.hasSuffix("]") {
      let digits = text[text.index(after: colon)...]
      guard digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
        let number = Int(digits), (1...65535).contains(number)
      else { return nil }
      port = number
      host = text[..<colon]
    }
    let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
    let allowed = isBracketed ? host.dropFirst().dropLast() : host
    guard !allowed.isEmpty, host.utf8.count <= 255,
      allowed.utf8.allSatisfy({ isHostByte($0) || (isBracketed && $0 == UInt8(ascii: ":")) })
    else { return nil }
    return (host.lowercased(), port)
  }

  private static func isHostByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// Whether the host is this machine, so that nothing passes over a wire: the reserved name or an address of
  /// 127.0.0.0/8 or ::1 written out in full.
  package var isLoopback: Bool {
    if host == "localhost" || host == "[::1]" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127"
      && parts.allSatisfy { part in UInt8(part).map { String($0) == part } ?? false }
  }

  /// Whether secrets may be sent there.
  package var isSecure: Bool { scheme == "https" || isLoopback }

  /// The Host header: the port is left out when it is the scheme's own.
  package var hostHeader: String {
    guard let port, port != (scheme == "https" ? 443 : 80) else { return host }
    return "\(host):\(port)"
  }
}
