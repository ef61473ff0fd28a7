/// The one text for a request that both sides hash.
struct CanonicalRequest {
  /// Headers that proxies change or that name the signature itself: never signed.
  private static let unsigned: Set<String> = [
    "authorization", "connection", "expect", "transfer-encoding", "user-agent", "x-amzn-trace-id",
  ]

  let signedHeaders: [String]
  let bytes: [UInt8]

  /// - Parameters:
  ///   - path: as it is in the URL, percent-encoding kept.
  ///   - query: as it is in the URL, without "?".
  ///   - signedHeaders: the lower-case names that are signed; `nil` for all that may be.
  init(
    method: String, path: String, query: String?, headers: [HTTPRequest.Header],
    signedHeaders: [String]?, body: [UInt8]
  ) {
    var values: [String: [String]] = [:]
    for header in headers { values[header.name.lowercased(), default: []].append(Self.folded(header.value)) }
    let names = signedHeaders ?? values.keys.filter { !Self.unsigned.contains($0) }.sorted()
    self.signedHeaders = names
    var text = "\(method)\n\(Self.canonical(path: path))\n\(Self.canonical(query: query))\n"
    for name in names { text += "\(name):\((values[name] ?? []).joined(separator: ","))\n" }
    text += "\n\(names.joined(separator: ";"))\n\(Hex.encode(Digest.sha256(body)))"
    bytes = Array(text.utf8)
  }

  /// Space around a value goes, runs of spaces within become one.
  private static func folded(_ value: String) -> String {
    value.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
  }

  /// "." and ".." are resolved and every byte is percent-encoded once more, as all services but S3 want it.
  static func canonical(path: String) -> String {
    var segments: [Substring] = []
    for segment in path.split(separator: "/", omittingEmptySubsequences: true) where segment != "." {
      if segment == ".." { _ = segments.popLast() } else { segments.append(segment) }
    }
    let slash = path.hasSuffix("/") && !segments.isEmpty ? "/" : ""
    return "/" + segments.map { QueryString.escape($0) }.joined(separator: "/") + slash
  }

  /// Sorted by name, then by value.
  static func canonical(query: String?) -> String {
    guard let query, !query.isEmpty else { return "" }
    let pairs = query.split(separator: "&", omittingEmptySubsequences: true).map { pair in
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
    }
    return pairs.sorted { $0 < $1 }.map { "\($0.0)=\($0.1)" }.joined(separator: "&")
  }
}
