/// One request of HTTP. A file that imports another module with a type of this name writes `Cognito.HTTPRequest`.
public struct HTTPRequest: Sendable, Hashable {
  /// A header: its name in any case, and its value.
  public struct Header: Sendable, Hashable {
    /// The name.
    public var name: String
    /// The value.
    public var value: String

    /// - Parameters:
    ///   - name: in any case.
    ///   - value: without line ends.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// "GET" or "POST".
  public var method: String
  /// An absolute URL.
  public var url: String
  /// In the order in which they are sent.
  public var headers: [Header]
  /// What is sent after the headers.
  public var body: [UInt8]
  /// Whether it may be sent again when it isn't known what became of it. A transport that repeats requests by itself
  /// (libcurl does, on a connection that was used before) must not repeat one that says no.
  public var isRepeatable: Bool

  /// - Parameters:
  ///   - method: in upper case.
  ///   - url: https, or http on this machine.
  ///   - headers: in the order in which they are sent.
  ///   - body: nothing else is sent after the headers.
  ///   - isRepeatable: whether it may be sent twice; when not given, what HTTP says of the method: all but POST and
  ///     PATCH may (RFC 9110, section 9.2.2).
  public init(
    method: String, url: String, headers: [Header] = [], body: [UInt8] = [], isRepeatable: Bool? = nil
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.isRepeatable = isRepeatable ?? ["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"].contains(method)
  }

  /// The first value of a header, whatever the case of its name.
  public func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}
