/// `host` or `host:port` as credential clients and settings write it.
package enum HostName {
  /// Lower-case DNS name, IPv4 address or `[IPv6]`, with or without a port.
  package static func isValid(_ text: String) -> Bool {
    guard let parts = split(text) else { return false }
    if let port = parts.port {
      guard !port.isEmpty, port.allSatisfy(isDigit), port.first != UInt8(ascii: "0"),
        let number = UInt32(String(decoding: port, as: UTF8.self)), number <= 65_535
      else { return false }
    }
    return parts.isIPv6 ? isIPv6(parts.host) : isName(parts.host)
  }

  /// Is it this computer, whatever the port, so that nothing passes over a wire? The name that RFC 6761 keeps for it, or
  /// an address of 127.0.0.0/8 or ::1 written out in full: `127.999.1.1` is a name, and some name server's to answer.
  package static func isLoopback(_ text: String) -> Bool {
    guard let parts = split(text) else { return false }
    let host = String(decoding: parts.host, as: UTF8.self)
    if parts.isIPv6 { return host == "::1" }
    if host == "localhost" { return true }
    let octets = host.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return octets.count == 4 && host.hasPrefix("127.")
      && octets.allSatisfy { octet in
        let digits = String(decoding: octet, as: UTF8.self)
        return UInt8(digits).map { String($0) == digits } ?? false
      }
  }

  /// DNS names don't know upper and lower case: `Git.Corp` is `git.corp`. ASCII only, nothing else is folded.
  package static func lowercased(_ text: String) -> String {
    String(
      decoding: text.utf8.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
  }

  private typealias Parts = (host: [UInt8], port: [UInt8]?, isIPv6: Bool)

  private static func split(_ text: String) -> Parts? {
    let bytes = Array(text.utf8)
    if bytes.first == UInt8(ascii: "[") {
      guard let end = bytes.firstIndex(of: UInt8(ascii: "]")) else { return nil }
      let rest = bytes[(end + 1)...]
      guard rest.isEmpty || rest.first == UInt8(ascii: ":") else { return nil }
      return (Array(bytes[1..<end]), rest.isEmpty ? nil : Array(rest.dropFirst()), true)
    }
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return (bytes, nil, false) }
    return (Array(bytes[..<colon]), Array(bytes[(colon + 1)...]), false)
  }

  private static func isName(_ bytes: [UInt8]) -> Bool {
    guard (1...253).contains(bytes.count) else { return false }
    return bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
      (1...63).contains(label.count) && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
        && label.allSatisfy { byte in
          (isAlphanumeric(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_"))
            && !(UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
        }
    }
  }

  private static func isIPv6(_ bytes: [UInt8]) -> Bool {
    (2...39).contains(bytes.count)
      && bytes.allSatisfy {
        isDigit($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0) || $0 == UInt8(ascii: ":")
      }
  }
}
