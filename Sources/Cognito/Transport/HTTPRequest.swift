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

  /// - Parameters:
  ///   - method: in upper case.
  ///   - url: https, or http on this machine.
  ///   - headers: in the order in which they are sent.
  ///   - body: nothing else is sent after the headers.
  public init(method: String, url: String, headers: [Header] = [], body: [UInt8] = []) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
  }

  /// The first value of a header, whatever the case of its name.
  public func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}
