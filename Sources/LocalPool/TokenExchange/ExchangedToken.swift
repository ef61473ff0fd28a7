import Cognito

/// A token that is shown to get another one for it: the subject's, or the actor's.
struct ExchangedToken {
  let token: String
  /// `ACCESS_TOKEN`, `ID_TOKEN`, `SAML2`.
  let type: String
  /// The identity provider that issued it; nil for a token of the pool.
  var provider: String?

  /// What a token says, once it was checked.
  struct Claims {
    let all: [String: JSONValue]
    /// Nil for a program's own token.
    let user: UserRecord?

    var sub: String { all["sub"]?.string ?? "" }
    var originJti: String? { all["origin_jti"]?.string }
    /// Nil for an id token, which has none.
    var scopes: [String]? { all["scope"]?.string.map { $0.split(separator: " ").map(String.init) } }
    var expiresAt: Int64 { all["exp"]?.int ?? 0 }
    var authTime: Int64 { all["auth_time"]?.int ?? all["iat"]?.int ?? 0 }
    var strength: AuthenticationStrength {
      AuthenticationStrength(acr: all["acr"]?.string, amr: (all["amr"]?.array ?? []).compactMap(\.string))
    }
  }

  /// Checks signature, pool, kind, expiry, revocation, and the user if it is a user's.
  ///
  /// - Parameter name: `Subject Token` or `Actor Token`, for refusals.
  func check(_ name: String, in pool: PoolRecord, _ context: PoolContext) throws -> Claims {
    guard type != "SAML2", provider == nil else {
      throw PoolException.invalidParameter(
        "\(name): only access and id tokens of the pool itself can be exchanged here, none of other providers.")
    }
    guard
      let (claims, poolID) = try SignedToken.open(token, context), poolID == pool.id,
      claims["token_use"]?.string == (type == "ID_TOKEN" ? "id" : "access"), let sub = claims["sub"]?.string,
      let expires = claims["exp"]?.int, let issued = claims["iat"]?.int
    else { throw PoolException.notAuthorized("Invalid \(name)") }
    guard expires > context.clock.epoch else { throw PoolException.notAuthorized("\(name) has expired") }
    let isUsers = claims["username"] ?? claims["cognito:username"] != nil
    let user =
      isUsers
      ? try TokenHolder.user(
        sub: sub, originJti: claims["origin_jti"]?.string, issuedAt: issued, in: pool.id, name: name, context) : nil
    return Claims(all: claims, user: user)
  }
}
