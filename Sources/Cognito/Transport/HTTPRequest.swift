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
  /// Whether it may be sent again when it isn't known what became of it. A transport that repeats requests by itself
  /// (libcurl does, on a connection that was used before) must not repeat one that says no.
  public var isRepeatable: Bool

  /// - Parameters:
  ///   - method: in upper case.
  ///   - url: https, or http on this machine.
  ///   - headers: names and values, in the order in which they are sent.
  ///   - body: nothing else is sent after the headers.
  ///   - isRepeatable: whether it may be sent twice; when not given, what HTTP says of the method: all but POST and
  ///     PATCH may (RFC 9110, section 9.2.2).
  public init(
    method: String, url: String, headers: [(String, String)] = [], body: [UInt8] = [], isRepeatable: Bool? = nil
  ) {
    self.method = method
    self.url = url
    self.headers = headers.map { (name: $0.0, value: $0.1) }
    self.body = body
    self.isRepeatable = isRepeatable ?? ["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"].contains(method)
  }

  /// The first value of a header, whatever the case of its name.
  public func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}
