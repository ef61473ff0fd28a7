import Cognito

/// A whole HTTP answer. Its `Content-Length`, `Date` and `Connection` are the server's business.
package struct PoolResponse: Sendable {
  /// How the bytes leave; anything but `.normal` is a fault that somebody asked for.
  package enum Delivery: Sendable, Equatable {
    case normal
    /// Nothing for so many seconds, then the answer.
    case delayed(seconds: Double)
    /// The connection ends with no answer.
    case dropped
    /// The connection ends after so many bytes of the body.
    case truncated(bytes: Int)
  }

  package var status: Int
  package var headers: [(name: String, value: String)]
  package var body: [UInt8]
  package var delivery = Delivery.normal

  package init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  package static func json(
    status: Int = 200, _ value: JSONValue, contentType: String = "application/json",
    headers: [(name: String, value: String)] = []
  ) -> PoolResponse {
    PoolResponse(
      status: status, headers: [(name: "Content-Type", value: contentType)] + headers, body: value.serialized())
  }

  package static func text(
    status: Int = 200, _ text: String, contentType: String = "text/plain; charset=utf-8"
  ) -> PoolResponse {
    PoolResponse(status: status, headers: [(name: "Content-Type", value: contentType)], body: Array(text.utf8))
  }

  package static func redirect(to location: String) -> PoolResponse {
    PoolResponse(
      status: 302, headers: [(name: "Location", value: location), (name: "Cache-Control", value: "no-store")])
  }
}
