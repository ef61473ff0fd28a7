import Cognito

/// Who asks at the token endpoint: HTTP Basic, or id and secret in the form; a public client by its id alone.
enum ClientCredentials {
  static func check(
    _ request: PoolRequest, _ fields: FormFields, _ context: PoolContext
  ) throws -> (client: ClientRecord, pool: PoolRecord) {
    var (id, secret) = (fields["client_id"], fields["client_secret"])
    if let header = request.header("authorization") {
      guard let basic = basic(header), secret == nil, id == nil || id == basic.id else {
        throw OAuthError.invalidClient
      }
      (id, secret) = (basic.id, basic.secret)
    }
    guard let id, let (client, pool) = try? context.client(id) else { throw OAuthError.invalidClient }
    do {
      try ClientCheck.clientSecret(secret, client: client)
    } catch {
      throw OAuthError.invalidClient
    }
    return (client, pool)
  }

  private static func basic(_ header: String) -> (id: String, secret: String)? {
    let parts = header.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "basic", let bytes = Base64.decode(parts[1]),
      let text = String(validating: bytes, as: UTF8.self)
    else { return nil }
    // RFC 6749 section 2.3.1: both halves are form-encoded first.
    let halves = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard halves.count == 2, let id = QueryString.unescape(halves[0]), let secret = QueryString.unescape(halves[1])
    else {
      return nil
    }
    return (id, secret)
  }
}
