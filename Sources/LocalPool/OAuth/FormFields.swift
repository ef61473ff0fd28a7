import Cognito

/// Fields of a query or of an `application/x-www-form-urlencoded` body. A field that comes twice is refused (RFC 6749
/// section 3.1), and so are bad escapes.
struct FormFields: Sendable {
  private static let mostBytes = 65_536
  private let values: [String: String]

  init(_ values: [String: String] = [:]) { self.values = values }

  init?(encoded text: String) {
    guard text.utf8.count <= Self.mostBytes, let values = QueryString.decode(text) else { return nil }
    self.values = values
  }

  init?(queryOf request: PoolRequest) { self.init(encoded: request.query ?? "") }

  init?(bodyOf request: PoolRequest) {
    let type = request.header("content-type")?.lowercased() ?? ""
    guard type.hasPrefix("application/x-www-form-urlencoded"),
      let text = String(validating: request.body, as: UTF8.self)
    else { return nil }
    self.init(encoded: text)
  }

  /// The value; nil when it is missing or empty.
  subscript(name: String) -> String? { values[name].flatMap { $0.isEmpty ? nil : $0 } }

  var names: [String] { values.keys.sorted() }
}
