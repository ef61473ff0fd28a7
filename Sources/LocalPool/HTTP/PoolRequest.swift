/// A whole HTTP request, read within its limits.
package struct PoolRequest: Sendable {
  package let method: String
  /// The path as sent, without the query; not percent-decoded.
  package let path: String
  /// What follows the `?`, as sent.
  package let query: String?
  /// Names in lower case, in the order of arrival.
  package let headers: [(name: String, value: String)]
  package let body: [UInt8]
  /// The peer's address, without its port.
  package let remoteAddress: String

  package init(
    method: String, target: String, headers: [(name: String, value: String)], body: [UInt8], remoteAddress: String
  ) {
    self.method = method
    if let mark = target.firstIndex(of: "?") {
      path = String(target[..<mark])
      query = String(target[target.index(after: mark)...])
    } else {
      path = target
      query = nil
    }
    self.headers = headers.map { (name: $0.name.lowercased(), value: $0.value) }
    self.body = body
    self.remoteAddress = remoteAddress
  }

  /// The first header of this name (in lower case).
  package func header(_ name: String) -> String? {
    headers.first { $0.name == name }?.value
  }
}
