/// The server in a docker credential request: `host[:port]`, or a URL (`https://index.docker.io/v1/`).
package enum DockerServer {
  package static let maximumBytes = 4096

  /// - Returns: nil for what is not one of the two forms: an unknown scheme, user names, control characters.
  package static func target(_ text: String) -> CredentialTarget? {
    guard text.utf8.count <= maximumBytes, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else { return nil }
    var scheme: String?
    var rest = text[...]
    for known in ["https", "http"] where text.hasPrefix(known + "://") {
      scheme = known
      rest = text.dropFirst(known.utf8.count + 3)
    }
    let authority = rest.prefix { $0 != "/" }
    let forbidden = "@?#\\,;'\"<>"
    guard !authority.isEmpty, !authority.contains(where: forbidden.contains), !rest.contains("://") else { return nil }
    return CredentialTarget(scheme: scheme, host: String(authority))
  }
}
