/// One request of HTTP.
public struct HTTPRequest: Sendable {
  /// "GET" or "POST".
  public var method: String
  /// An absolute URL.
  public var url: String
  /// Names and values, in the order in which they are sent.
  public var headers: [(name: String, value: String)]
  /// What is sent after the headers.
  public var body: [UInt8]

  /// - Parameters:
  ///   - method: in upper case.
  ///   - url: https, or http on this machine.
  ///   - headers: names and values, in the order in which they are sent.
  ///   - body: nothing else is sent after the headers.
  public init(method: String, url: String, headers: [(String, String)] = [], body: [UInt8] = []) {
    self.method = method
    self.url = url
    self.headers = headers.map { (name: $0.0, value: $0.1) }
    self.body = body
  }

  /// The first value of a header, whatever the case of its name.
  public func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}
