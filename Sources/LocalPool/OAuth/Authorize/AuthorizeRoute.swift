import Cognito

/// `/oauth2/authorize` (RFC 6749 section 3.1): back to the client with a code, when somebody has signed in in this browser;
/// else to the sign-in page.
enum AuthorizeRoute: HTTPRoute {
  static func respond(to request: PoolRequest, _ context: PoolContext) throws -> PoolResponse? {
    guard request.path == "/oauth2/authorize" else { return nil }
    guard request.method == "GET" || request.method == "HEAD" else { return Page.refusal(405, "Use GET here.") }
    return try answering(request, context) { authorization, client, pool in
      let prompt = (FormFields(queryOf: request)?["prompt"] ?? "").split(separator: " ")
      guard !prompt.contains("none") || prompt.count == 1 else {
        throw authorization.refusal(.invalidRequest("prompt can't be none and something else."))
      }
      let mayReuse = !prompt.contains("login") && !prompt.contains("select_account")
      if mayReuse, let session = try BrowserSession.of(request, context), session.poolID == pool.id,
        let user = try context.store.read({ try $0.users.find(id: session.userID) }), user.isEnabled,
        try session.isGood(for: client, in: pool, context), session.isEnough(for: authorization, user, pool, context)
      {
        return try grant(authorization, client, pool, user, session, context)
      }
      guard prompt != ["none"] else { throw authorization.refusal(.loginRequired) }
      return .redirect(to: "/login?" + authorization.query)
    }
  }

  /// Reads and checks the request; what is wrong with it goes to the client, or onto a page.
  static func answering(
    _ request: PoolRequest, _ context: PoolContext,
    _ body: (AuthorizationRequest, ClientRecord, PoolRecord) throws -> PoolResponse
  ) throws -> PoolResponse {
    guard let fields = FormFields(queryOf: request) else { return Page.refusal(400, "The request can't be read.") }
    guard let id = fields["client_id"], let (client, pool) = try? context.client(id) else {
      return Page.refusal(400, "There is no such app client (client_id).")
    }
    do {
      return try body(try AuthorizationRequest(fields, client: client), client, pool)
    } catch AuthorizationRequest.Refusal.page(let error) {
      return Page.refusal(400, "\(error.code): \(error.description)")
    } catch AuthorizationRequest.Refusal.redirect(let error, let target, let state, let inFragment) {
      let answer: [(String, String?)] = [
        ("error", error.code), ("error_description", error.description), ("state", state),
      ]
      return .redirect(to: address(target, answer, inFragment: inFragment))
    }
  }

  /// Sends the browser back with a code, or, in the implicit flow, with tokens.
  static func grant(
    _ request: AuthorizationRequest, _ client: ClientRecord, _ pool: PoolRecord, _ user: UserRecord,
    _ session: BrowserSession, _ context: PoolContext
  ) throws -> PoolResponse {
    let code = AuthorizationCode(for: request, session, context)
    guard request.responseType == "token" else {
      let answer: [(String, String?)] = [("code", try code.sealed(context)), ("state", request.state)]
      return .redirect(to: address(request.redirectURI, answer, inFragment: false))
    }
    let pair = try HostedTokens.issue(code, user: user, client: client, pool: pool, context)
    let answer: [(String, String?)] = [
      ("access_token", pair.accessToken), ("id_token", request.scopes.contains("openid") ? pair.idToken : nil),
      ("token_type", "Bearer"), ("expires_in", String(pair.expiresIn)), ("state", request.state),
    ]
    return .redirect(to: address(request.redirectURI, answer, inFragment: true))
  }

  private static func address(_ target: String, _ fields: [(String, String?)], inFragment: Bool) -> String {
    let encoded = QueryString.encode(fields.compactMap { name, value in value.map { (name, $0) } })
    return target + (inFragment ? "#" : target.contains("?") ? "&" : "?") + encoded
  }
}
