/// One answer of HTTP.
public struct HTTPResponse: Sendable, Hashable {
  /// 100 to 599.
  public let status: Int
  /// Names in lower case. Of several with one name the last counts.
  public let headers: [String: String]
  /// Everything after the headers.
  public let body: [UInt8]

  /// Puts an answer together, for transports and tests.
  ///
  /// - Parameters:
  ///   - status: 100 to 599.
  ///   - headers: names in lower case.
  ///   - body: everything after the headers.
  public init(status: Int, headers: [String: String] = [:], body: [UInt8] = []) {
    self.status = status
    self.headers = Dictionary(headers.map { ($0.key.lowercased(), $0.value) }) { _, last in last }
    self.body = body
  }

  /// The value of a header, whatever the case of its name.
  public func header(_ name: String) -> String? { headers[name.lowercased()] }
}
