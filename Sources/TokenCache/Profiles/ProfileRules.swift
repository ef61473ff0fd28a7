/// What a value in `profiles.conf` may look like. Also used by `cognito configure`, so that it can't write a file that
/// is refused afterwards.
package enum ProfileRules {
  package static func isName(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count) && text.utf8.first != UInt8(ascii: ".") && text.utf8.allSatisfy(isNameByte)
  }

  /// `<region>_<id>`, at most 55 bytes (CreateUserPool's UserPoolId).
  package static func isPoolID(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: "_"), omittingEmptySubsequences: false)
    guard text.utf8.count <= 55, parts.count == 2, let region = parts.first, let id = parts.last else { return false }
    return isRegion(String(decoding: region, as: UTF8.self)) && !id.isEmpty && id.allSatisfy(isAlphanumeric)
  }

  package static func isClientID(_ text: String) -> Bool {
    (1...128).contains(text.utf8.count)
      && text.utf8.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "+") }
  }

  package static func isRegion(_ text: String) -> Bool {
    (1...32).contains(text.utf8.count) && text.utf8.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
  }

  package static func isAbsolutePath(_ text: String) -> Bool {
    text.utf8.first == UInt8(ascii: "/") && text.utf8.count <= 4096 && !text.utf8.contains(0)
  }

  /// A Cognito username has no spaces; here no control characters either, because it goes into a line protocol.
  package static func isUsername(_ text: String) -> Bool {
    (1...128).contains(text.utf8.count) && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7f }
  }

  /// `https://host[:port][/path]`, or `http://` when the host is this computer.
  package static func isServiceURL(_ text: String) -> Bool {
    guard text.utf8.count <= 2048, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else { return false }
    let isPlain = text.hasPrefix("http://")
    guard isPlain || text.hasPrefix("https://") else { return false }
    let rest = text.utf8.dropFirst(isPlain ? 7 : 8)
    let forbidden: [UInt8] = [UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "@"), UInt8(ascii: "\\")]
    guard !rest.contains(where: forbidden.contains) else { return false }
    let authority = String(decoding: rest.prefix { $0 != UInt8(ascii: "/") }, as: UTF8.self)
    return HostName.isValid(authority) && (!isPlain || HostName.isLoopback(authority))
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
  }
}

func isAlphanumeric(_ byte: UInt8) -> Bool {
  isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
}

func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
