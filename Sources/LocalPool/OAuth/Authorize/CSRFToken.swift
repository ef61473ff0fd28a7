import Cognito

/// Ties a form to the browser that it was shown in: a random cookie, and in the form an HMAC of it under a key of ours.
struct CSRFToken {
  private static let cookie = "cognito-pool-csrf"

  private let secret: String
  private let isNew: Bool
  private let context: PoolContext

  /// The token of this browser; a new one when it has none.
  init(for request: PoolRequest, _ context: PoolContext) {
    let present = Cookies.value(Self.cookie, in: request).flatMap { Base64.decodeURL($0)?.count == 32 ? $0 : nil }
    secret = present ?? Base64.encodeURL(context.random.bytes(32))
    isNew = present == nil
    self.context = context
  }

  /// For the form.
  var field: String { Base64.encodeURL(context.sealer.mark(Array(secret.utf8), label: "csrf")) }

  /// For the answer that shows the form, when the browser has none yet.
  var header: (name: String, value: String)? {
    isNew ? Cookies.header(Self.cookie, secret, seconds: 86_400, context) : nil
  }

  /// Whether a posted form was shown by us in the same browser. A site that names itself in Origin must be ours.
  static func matches(_ request: PoolRequest, field: String?, _ context: PoolContext) -> Bool {
    if let origin = request.header("origin"), let host = request.header("host") {
      guard origin.split(separator: "/").last.map(String.init) == host else { return false }
    }
    let token = CSRFToken(for: request, context)
    guard !token.isNew, let field else { return false }
    return constantTimeEquals(Array(field.utf8), Array(token.field.utf8))
  }
}
