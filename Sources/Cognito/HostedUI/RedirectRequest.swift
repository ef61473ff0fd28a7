/// The head of an HTTP/1.1 request to the loopback listener, read as narrowly as a browser's redirect needs.
package struct RedirectRequest: Sendable, Equatable {
  /// Path without the query.
  package let path: String
  /// The query without the question mark.
  package let query: String
  /// The Host header.
  package let host: String

  package init(path: String, query: String, host: String) {
    self.path = path
    self.query = query
    self.host = host
  }

  /// What the bytes received so far are.
  package enum Reading: Sendable, Equatable {
    case incomplete
    case refused
    case complete(RedirectRequest)
  }

  /// Longest head that is read. Codes and states are some hundred characters; cookies of other local servers come
  /// along.
  package static let longestHead = 32 << 10

  package static func read(_ bytes: [UInt8]) -> Reading {
    guard let end = headEnd(bytes) else { return bytes.count < longestHead ? .incomplete : .refused }
    guard end <= longestHead, let head = String(validating: bytes[..<end], as: UTF8.self) else { return .refused }
    // "\r\n" is one character of a Swift string.
    let lines = head.split(separator: "\r\n", omittingEmptySubsequences: false)
    let words = lines[0].split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 3, words[0] == "GET", words[2] == "HTTP/1.1", words[1].hasPrefix("/") else { return .refused }
    var host: String?
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { return .refused }
      guard line[..<colon].lowercased() == "host" else { continue }
      guard host == nil else { return .refused }
      host = line[line.index(after: colon)...].drop { $0 == " " }.lowercased()
    }
    guard let host else { return .refused }
    let target = words[1].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    return .complete(
      RedirectRequest(path: String(target[0]), query: target.count > 1 ? String(target[1]) : "", host: host))
  }

  private static func headEnd(_ bytes: [UInt8]) -> Int? {
    let mark = Array("\r\n\r\n".utf8)
    guard bytes.count >= mark.count else { return nil }
    return (0...(bytes.count - mark.count)).first { Array(bytes[$0..<($0 + mark.count)]) == mark }
  }
}
