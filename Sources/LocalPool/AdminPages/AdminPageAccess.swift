import Cognito

/// Who may see the administrator's pages.
enum AdminPageAccess {
  static func refusal(_ request: PoolRequest, _ context: PoolContext) -> PoolResponse? {
    guard let host = request.header("host"), isOurs(host, context) else {
      return Page.refusal(403, "This page answers only under the pool’s own address.")
    }
    guard !context.credentials.isEmpty else { return nil }
    guard let given = basic(request.header("authorization") ?? ""), isKnown(given, context) else {
      var response = Page.refusal(401, "Sign in with the administrator’s access key id and secret access key.")
      response.headers.append(("WWW-Authenticate", "Basic realm=\"cognito-pool\", charset=\"UTF-8\""))
      return response
    }
    return nil
  }

  private static func isOurs(_ host: String, _ context: PoolContext) -> Bool {
    let name = host.hasPrefix("[") ? host.prefix { $0 != "]" } + "]" : host.prefix { $0 != ":" }
    let own = context.endpoint.split(separator: "/").last.map(String.init) ?? ""
    return ["localhost", "127.0.0.1", "[::1]"].contains(name.lowercased()) || host == own
  }

  private static func isKnown(_ given: (id: String, secret: String), _ context: PoolContext) -> Bool {
    context.credentials.map { credential in
      let isSecret = credential.secretAccessKey == Secret(utf8: given.secret)
      return isSecret && constantTimeEquals(Array(credential.accessKeyID.utf8), Array(given.id.utf8))
    }.contains(true)
  }

  private static func basic(_ header: String) -> (id: String, secret: String)? {
    let parts = header.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "basic", let bytes = Base64.decode(parts[1]),
      let text = String(validating: bytes, as: UTF8.self)
    else { return nil }
    let halves = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    return halves.count == 2 ? (halves[0], halves[1]) : nil
  }
}
