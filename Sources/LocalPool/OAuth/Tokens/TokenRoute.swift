import Cognito

/// `POST /oauth2/token` (RFC 6749 section 3.2).
enum TokenRoute: HTTPRoute {
  static func respond(to request: PoolRequest, _ context: PoolContext) throws -> PoolResponse? {
    guard request.path == "/oauth2/token" else { return nil }
    do {
      guard request.method == "POST", let fields = FormFields(bodyOf: request) else {
        throw OAuthError.invalidRequest("Post a form (application/x-www-form-urlencoded).")
      }
      let (client, pool) = try ClientCredentials.check(request, fields, context)
      let visitor = Visitor(request)
      switch fields["grant_type"] {
      case "authorization_code": return answer(try CodeExchange.tokens(fields, client, pool, by: visitor, context))
      case "refresh_token": return answer(try RefreshExchange.tokens(fields, client, pool, by: visitor, context))
      case "client_credentials": return answer(try MachineTokens.tokens(fields, client, pool, context))
      case ExchangeGrant.grantType: return answer(try ExchangeGrant.tokens(fields, client, pool, context))
      default: throw OAuthError(code: "unsupported_grant_type", description: "grant_type isn't one of the pool's.")
      }
    } catch let error as OAuthError {
      return failure(error)
    } catch let error as PoolException where error.status == 400 {
      return failure(.invalidGrant(error.message))
    }
  }

  /// Cognito answers 400 to everything, also to a wrong secret.
  static func failure(_ error: OAuthError) -> PoolResponse {
    .json(
      status: 400, ["error": .string(error.code), "error_description": .string(error.description)], headers: noStore)
  }

  private static func answer(_ members: [String: JSONValue]) -> PoolResponse {
    .json(.object(members), headers: noStore)
  }

  private static var noStore: [(name: String, value: String)] {
    [("Cache-Control", "no-store"), ("Pragma", "no-cache")]
  }
}
