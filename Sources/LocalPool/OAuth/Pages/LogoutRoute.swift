/// `/logout`: ends the browser's session and goes on to one of the client's sign-out addresses, or back to signing in.
enum LogoutRoute: HTTPRoute {
  static func respond(to request: PoolRequest, _ context: PoolContext) throws -> PoolResponse? {
    guard request.path == "/logout", request.method == "GET" else { return nil }
    guard let fields = FormFields(queryOf: request), let id = fields["client_id"],
      let (client, _) = try? context.client(id)
    else { return Page.refusal(400, "There is no such app client (client_id).") }
    let target: String
    if let address = fields["logout_uri"] {
      guard (client.settings.logoutURLs ?? []).contains(address) else {
        return Page.refusal(400, "logout_uri isn't one of the client's sign-out addresses.")
      }
      target = address
    } else if fields["response_type"] != nil, let query = request.query {
      target = "/oauth2/authorize?" + query
    } else {
      return Page.refusal(400, "logout_uri is missing.")
    }
    try BrowserSession.of(request, context)?.end(context)
    var response = PoolResponse.redirect(to: target)
    response.headers.append(BrowserSession.removal(context))
    return response
  }
}
