import Cognito

/// What a client asks for at /oauth2/authorize, checked.
struct AuthorizationRequest: Codable, Sendable {
  let clientID: String
  let redirectURI: String
  /// `code` or `token`.
  let responseType: String
  let scopes: [String]
  let state: String?
  let nonce: String?
  /// PKCE (RFC 7636), always S256.
  let codeChallenge: String?
  /// The user name that the client expects: it stands in the form already.
  let loginHint: String?
  /// The levels that the client would like (OpenID Connect's `acr_values`), most wanted first.
  let acrValues: String?
  /// Seconds since the person last showed who they are, at most.
  let maxAge: Int64?

  /// Why a request can't be answered.
  enum Refusal: Error {
    /// The browser must not be sent back: who asks isn't known, or not the address.
    case page(OAuthError)
    /// The client is told at its own address.
    case redirect(OAuthError, to: String, state: String?, inFragment: Bool)
  }

  /// A refusal that the client is told of.
  func refusal(_ error: OAuthError) -> Refusal {
    .redirect(error, to: redirectURI, state: state, inFragment: responseType == "token")
  }

  /// - Throws: ``Refusal``.
  init(_ fields: FormFields, client: ClientRecord) throws {
    let settings = client.settings
    guard settings.allowedOAuthFlowsUserPoolClient ?? false else {
      throw Refusal.page(.unauthorizedClient("This app client may not use the sign-in pages."))
    }
    let callbacks = settings.callbackURLs ?? []
    guard let redirect = fields["redirect_uri"] ?? settings.defaultRedirectURI, callbacks.contains(redirect) else {
      throw Refusal.page(OAuthError(code: "redirect_mismatch", description: "redirect_uri isn't one of the client's."))
    }
    clientID = client.id
    redirectURI = redirect
    state = fields["state"]
    nonce = fields["nonce"]
    responseType = fields["response_type"] ?? ""
    codeChallenge = fields["code_challenge"]
    loginHint = fields["login_hint"].flatMap { $0.utf8.count <= 2048 ? $0 : nil }
    acrValues = fields["acr_values"].flatMap { $0.utf8.count <= 2048 ? $0 : nil }
    let age = fields["max_age"]
    maxAge = age.flatMap { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int64($0) : nil }
    let flows = settings.allowedOAuthFlows ?? []
    let (state, inFragment) = (state, responseType == "token")
    func refuse(_ error: OAuthError) -> Refusal {
      .redirect(error, to: redirect, state: state, inFragment: inFragment)
    }
    guard ["code", "token"].contains(responseType) else {
      throw refuse(OAuthError(code: "unsupported_response_type", description: "response_type must be code or token."))
    }
    guard flows.contains(responseType == "code" ? "code" : "implicit") else {
      throw refuse(.unauthorizedClient("The app client may not use this response_type."))
    }
    guard age == nil || maxAge != nil else { throw refuse(.invalidRequest("max_age must be a number of seconds.")) }
    let allowed = settings.allowedOAuthScopes ?? []
    let asked = (fields["scope"] ?? "").split(separator: " ").map(String.init)
    scopes = asked.isEmpty ? allowed : asked
    guard scopes.allSatisfy(allowed.contains) else { throw refuse(.invalidScope("A scope isn't the app client's.")) }
    try Self.checkPKCE(codeChallenge, fields["code_challenge_method"]).map { throw refuse($0) }
  }

  /// No client must use PKCE, as on AWS; one that does is held to it.
  private static func checkPKCE(_ challenge: String?, _ method: String?) -> OAuthError? {
    guard let challenge else { return nil }
    guard method == "S256" else { return .invalidRequest("code_challenge_method must be S256.") }
    let isWellFormed = Base64.decodeURL(challenge)?.count == 32
    return isWellFormed ? nil : .invalidRequest("code_challenge isn't the SHA-256 of a verifier.")
  }

  /// The request as a query again, for the way to /login.
  var query: String {
    let fields: [(String, String?)] = [
      ("client_id", clientID), ("redirect_uri", redirectURI), ("response_type", responseType),
      ("scope", scopes.joined(separator: " ")), ("state", state), ("nonce", nonce), ("code_challenge", codeChallenge),
      ("code_challenge_method", codeChallenge == nil ? nil : "S256"), ("login_hint", loginHint),
      ("acr_values", acrValues), ("max_age", maxAge.map { String($0) }),
    ]
    return QueryString.encode(fields.compactMap { name, value in value.map { (name, $0) } })
  }
}
