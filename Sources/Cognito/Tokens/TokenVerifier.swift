import FoundationEssentials

/// Checks id and access tokens as strictly as a server must: RS256 alone, the issuer's published keys, issuer,
/// client, use and time (AWS: "Verifying JSON web tokens").
///
/// One verifier may trust several pools, each with its own clients. It can be used without the rest of the library,
/// and with no network when it is given the keys.
public struct TokenVerifier: Sendable {
  /// One user pool whose tokens are accepted.
  public struct TrustedPool: Sendable {
    /// The `iss` claim.
    public let issuer: String
    /// App clients whose tokens are accepted.
    public let clients: Clients
    /// The pool's keys.
    public let keys: any KeySource

    /// - Parameters:
    ///   - issuer: the `iss` claim, compared byte for byte.
    ///   - clients: app clients whose tokens are accepted.
    ///   - keys: a ``JWKS``, or ``RemoteKeys``.
    public init(issuer: String, clients: Clients, keys: any KeySource) {
      self.issuer = issuer
      self.clients = clients
      self.keys = keys
    }
  }

  /// Which app clients' tokens a server accepts.
  @nonexhaustive
  public enum Clients: Sendable, ExpressibleByArrayLiteral {
    /// These alone.
    case only(Set<String>)
    /// Every client of the pool, also those that are made later by others.
    case anyOfThePool

    /// These clients alone.
    public init(arrayLiteral elements: String...) { self = .only(Set(elements)) }

    func contains(_ clientID: String) -> Bool {
      switch self {
      case .only(let clients): clients.contains(clientID)
      case .anyOfThePool: !clientID.isEmpty
      }
    }
  }

  private let pools: [String: TrustedPool]
  private let leeway: TimeInterval
  private let now: @Sendable () -> Date

  /// - Parameters:
  ///   - pools: whose tokens are accepted; of several with one issuer the last counts.
  ///   - leeway: by how much the issuer's clock may differ from ours.
  ///   - now: the clock.
  public init(
    _ pools: [TrustedPool], leeway: Duration = .zero, now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.pools = Dictionary(pools.map { ($0.issuer, $0) }) { _, last in last }
    self.leeway = leeway / .seconds(1)
    self.now = now
  }

  /// Checks one token, on the caller's actor: a signature check is shorter than a change of thread.
  ///
  /// - Parameters:
  ///   - token: the compact JWT, with nothing around it.
  ///   - use: what the token must be for. Never accept an id token where an access token is wanted.
  ///   - accessToken: the access token that came together with an id token: when the id token has an `at_hash` (after
  ///     a hosted sign-in), it must be the hash of this one.
  ///   - requirements: what the token must say besides. When not given: an access token must not be bound to a service,
  ///     which may not be the one that asks here.
  /// - Throws: ``CognitoError`` with one of the `token…` codes, ``CognitoError/Code/insufficientUserAuthentication`` when
  ///   the user must prove more or anew who they are (``StepUp``), ``CognitoError/Code/insufficientScope``, or the failure
  ///   to fetch the keys.
  public nonisolated(nonsending) func verify(
    _ token: String, use: TokenUse, accessToken: String? = nil, requiring requirements: TokenRequirements = .init()
  ) async throws(CognitoError) -> VerifiedToken {
    let jwt = try JWT(token)
    guard let issuer = jwt.claims["iss"]?.string, let pool = pools[issuer] else {
      throw mismatch("it is from an issuer that is not trusted here")
    }
    guard let key = try await pool.keys.key(kid: jwt.kid) else {
      throw CognitoError(.tokenKeyUnknown, "The token's key is not one that its issuer publishes.")
    }
    guard key.publicKey.verifiesSHA256(signature: jwt.signature, message: jwt.signedBytes) else {
      throw CognitoError(.tokenSignatureInvalid, "The token's signature is wrong.")
    }
    // From here on the claims are the issuer's own words.
    let clientID = try checkClient(jwt.claims, use, pool, requirements.audience)
    let expiresAt = try checkTime(jwt.claims)
    guard let subject = jwt.claims["sub"]?.string, !subject.isEmpty else { throw mismatch("it names no user") }
    if use == .id { try checkHash(jwt.claims, accessToken) }
    let verified = VerifiedToken(
      claims: jwt.claims, use: use, issuer: issuer, clientID: clientID, subject: subject, expiresAt: expiresAt)
    try requirements.check(verified, now: now(), leeway: leeway)
    return verified
  }

  private func checkClient(
    _ claims: JSONValue, _ use: TokenUse, _ pool: TrustedPool, _ wanted: String?
  ) throws(CognitoError) -> String {
    guard claims["token_use"]?.string == use.rawValue else { throw mismatch("it is not an \(use.rawValue) token") }
    let audiences = VerifiedToken.audiences(claims)
    if let wanted, !audiences.contains(wanted) { throw mismatch("it is for another service") }
    // An id token is for the app client alone (of an audience with several members it isn't), unless it was derived for
    // a service; then it may name the client as OpenID Connect does.
    var clientID = claims["client_id"]?.string
    if use == .id {
      clientID = wanted == nil ? (audiences.count == 1 ? audiences[0] : nil) : claims["azp"]?.string ?? clientID
      if let wanted, clientID == nil { return wanted }
    }
    guard let clientID, pool.clients.contains(clientID) else {
      throw mismatch("it is for an app client that is not accepted here")
    }
    // What was bound to one service is good for that one alone (RFC 7519, section 4.1.3).
    if use == .access, wanted == nil, claims["aud"] != nil {
      guard !audiences.isEmpty, audiences.allSatisfy({ $0 == clientID }) else {
        throw mismatch("it is for another service")
      }
    }
    return clientID
  }

  private func checkTime(_ claims: JSONValue) throws(CognitoError) -> Date {
    let time = now().timeIntervalSince1970
    guard let expiry = claims["exp"]?.double else { throw mismatch("it has no expiry") }
    guard time < expiry + leeway else { throw CognitoError(.tokenExpired, "The token has expired.") }
    if let start = claims["nbf"] {
      guard let start = start.double else { throw mismatch("its nbf is not a time") }
      guard start <= time + leeway else { throw CognitoError(.tokenNotYetValid, "The token is not valid yet.") }
    }
    return Date(timeIntervalSince1970: expiry)
  }

  private func checkHash(_ claims: JSONValue, _ accessToken: String?) throws(CognitoError) {
    guard let accessToken, let claim = claims["at_hash"] else { return }
    let expected = Base64.encodeURL(Array(Digest.sha256(Array(accessToken.utf8)).prefix(16)))
    guard let hash = claim.string, constantTimeEquals(Array(hash.utf8), Array(expected.utf8)) else {
      throw mismatch("it belongs to another access token")
    }
  }

  private func mismatch(_ why: String) -> CognitoError {
    CognitoError(.tokenClaimMismatch, "The token is refused: \(why).")
  }
}
