/// A request of git's credential protocol (gitcredentials(7), git-credential(1)): `key=value` lines up to a blank line.
///
/// Lines end at LF bytes and nowhere else. A parser that also takes CR, NEL or U+2028 for a line end can be made to
/// hand one host's credential to another (CVE-2020-5260, CVE-2024-50338, CVE-2024-52006); Swift's `Character` is such a
/// parser, for which CR LF is one element. So: bytes throughout, and a CR or NUL in any field refuses the request.
package struct GitCredentialMessage: Equatable, Sendable {
  package var scheme: String?
  package var host: String?
  package var username: String?
  /// What the server refused or accepted: `password`, or `credential` since git 2.46.
  package var secret: String?
  package var capabilities: [String] = []
  /// What the server asked for when it refused (`wwwauth[]`, since git 2.41).
  package var challenges = HTTPChallenges()

  package static let maximumLineBytes = 65_535
  package static let maximumBytes = 262_144

  package enum Refusal: Error, Equatable, CustomStringConvertible {
    case tooLarge
    case lineTooLong(line: Int)
    case noEquals(line: Int)
    case emptyKey(line: Int)
    case forbiddenByte(line: Int)
    case notUTF8(line: Int)
    case repeated(line: Int, key: String)

    /// Line numbers and our own key names only: the line itself may hold a password.
    package var description: String {
      switch self {
      case .tooLarge: "the request is larger than \(maximumBytes) bytes"
      case .lineTooLong(let line): "line \(line) of the request is longer than \(maximumLineBytes) bytes"
      case .noEquals(let line): "line \(line) of the request has no `=`"
      case .emptyKey(let line): "line \(line) of the request has no key"
      case .forbiddenByte(let line): "line \(line) of the request has a CR or NUL byte"
      case .notUTF8(let line): "line \(line) of the request is not UTF-8"
      case .repeated(let line, let key): "line \(line) of the request gives `\(key)` a second time"
      }
    }
  }

  package init() {}

  package init(parsing bytes: [UInt8]) throws(Refusal) {
    guard bytes.count <= Self.maximumBytes else { throw .tooLarge }
    var seen: Set<String> = []
    var number = 0
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      if line.isEmpty { break }
      number += 1
      // The LF counts.
      guard line.count < Self.maximumLineBytes else { throw .lineTooLong(line: number) }
      guard !line.contains(where: { $0 == 0 || $0 == UInt8(ascii: "\r") }) else { throw .forbiddenByte(line: number) }
      guard let equals = line.firstIndex(of: UInt8(ascii: "=")) else { throw .noEquals(line: number) }
      guard equals > line.startIndex else { throw .emptyKey(line: number) }
      try take(key: line[..<equals], value: line[(equals + 1)...], line: number, seen: &seen)
    }
  }

  private mutating func take(
    key: ArraySlice<UInt8>, value: ArraySlice<UInt8>, line: Int, seen: inout Set<String>
  ) throws(Refusal) {
    let name = String(decoding: key, as: UTF8.self)
    switch name {
    case "capability[]":
      // An empty value starts the list afresh.
      if value.isEmpty { capabilities = [] } else { capabilities.append(try text(value, line)) }
      return
    case "wwwauth[]":
      // The server's own bytes, which needn't be UTF-8.
      if value.isEmpty { challenges = HTTPChallenges() } else { challenges.add(value) }
      return
    case "protocol": scheme = try text(value, line)
    case "host": host = try text(value, line)
    case "username": username = try text(value, line)
    case "password", "credential": secret = try text(value, line)
    default: return  // Keys that we don't know are ignored, as the protocol asks for.
    }
    guard seen.insert(name == "credential" ? "password" : name).inserted else {
      throw .repeated(line: line, key: name)
    }
  }

  private func text(_ bytes: ArraySlice<UInt8>, _ line: Int) throws(Refusal) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .notUTF8(line: line) }
    return text
  }
}
