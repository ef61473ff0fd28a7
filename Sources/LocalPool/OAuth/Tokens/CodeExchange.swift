import Cognito
import FoundationEssentials

/// Tokens for an authorization code, once. A code that comes a second time ends the session of the first (RFC 6749 section
/// 4.1.2): one of the two who had it is a thief.
enum CodeExchange {
  static func tokens(
    _ fields: FormFields, _ client: ClientRecord, _ pool: PoolRecord, by visitor: Visitor, _ context: PoolContext
  ) throws -> [String: JSONValue] {
    guard let text = fields["code"] else { throw OAuthError.invalidRequest("code is missing.") }
    guard let code = AuthorizationCode.open(text, context), code.request.clientID == client.id,
      code.poolID == pool.id, code.expires > context.clock.epoch
    else { throw OAuthError.invalidGrant("The code isn't this client's, or it has expired.") }
    guard fields["redirect_uri"] == code.request.redirectURI else {
      throw OAuthError.invalidGrant("redirect_uri isn't the one that the code was sent to.")
    }
    try checkVerifier(fields["code_verifier"], code.request.codeChallenge)
    guard let user = try context.store.read({ try $0.users.find(id: code.userID) }), user.isEnabled else {
      throw OAuthError.invalidGrant("The user is gone or disabled.")
    }
    let grant = try HostedTokens.grant(code, user: user, client: client, pool: pool, context)
    let pair = try TokenIssuer.issue(grant, context)
    let refreshToken = RefreshTokens.make(originJti: code.originJti, context)
    let record = RefreshTokens.record(of: refreshToken, grant, context)
    try useUp(code, record, by: visitor, in: pool, context)
    return HostedAnswer.members(pair, scopes: code.request.scopes, refreshToken: refreshToken)
  }

  private static func useUp(
    _ code: AuthorizationCode, _ record: RefreshTokenRecord, by visitor: Visitor, in pool: PoolRecord,
    _ context: PoolContext
  ) throws {
    let expires = Date(timeIntervalSince1970: Double(code.expires))
    let isFirst = try context.store.write { transaction in
      guard try transaction.sessions.use(Array(code.id.utf8), expiresAt: expires) else {
        try Revocation.revoke(originJti: code.originJti, at: context.clock.now, transaction)
        return false
      }
      try transaction.refreshTokens.insert(record)
      try UserSessions.begin(record, parent: code.browserSession, by: visitor, in: pool, context, transaction)
      return true
    }
    guard isFirst else { throw OAuthError.invalidGrant("The code was used before.") }
  }

  private static func checkVerifier(_ verifier: String?, _ challenge: String?) throws(OAuthError) {
    guard let challenge else {
      guard verifier == nil else { throw .invalidGrant("The code was asked for without a code_challenge.") }
      return
    }
    // Shorter ones than RFC 7636 allows are taken, as by AWS, whose own guide suggests a UUID.
    guard let verifier, (1...128).contains(verifier.utf8.count) else {
      throw .invalidGrant("code_verifier is missing or longer than 128 characters.")
    }
    let computed = Base64.encodeURL(Digest.sha256(Array(verifier.utf8)))
    guard constantTimeEquals(Array(computed.utf8), Array(challenge.utf8)) else {
      throw .invalidGrant("code_verifier doesn't match.")
    }
  }
}
