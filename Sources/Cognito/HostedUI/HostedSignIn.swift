/// One sign-in through the pool's own pages, from the address that the browser opens to the answer that it brings
/// back. A server that handles the two in different requests keeps ``state``, ``nonce`` and ``codeVerifier`` in
/// between, where only the same browser can reach them.
public struct HostedSignIn: Sendable {
  /// What the browser opens.
  public let url: String
  /// Where the browser comes back to.
  public let redirectURI: String
  /// Comes back with the browser, and shows that the answer belongs to this sign-in.
  public let state: String
  /// Comes back in the id token, and shows that it was made for this sign-in.
  public let nonce: String
  /// Redeems the code (RFC 7636). It never goes through the browser.
  public let codeVerifier: Secret

  /// A sign-in begun before, put together again from what was kept.
  ///
  /// - Parameters:
  ///   - url: what the browser opened; only ``HostedUI/signIn(_:timeout:open:)`` needs it.
  ///   - redirectURI: where the browser comes back to.
  ///   - state: of the same sign-in.
  ///   - nonce: of the same sign-in.
  ///   - codeVerifier: of the same sign-in.
  public init(url: String = "", redirectURI: String, state: String, nonce: String, codeVerifier: Secret) {
    self.url = url
    self.redirectURI = redirectURI
    self.state = state
    self.nonce = nonce
    self.codeVerifier = codeVerifier
  }

  /// The code in the answer that the browser brought back.
  ///
  /// - Parameter query: the part after the question mark.
  /// - Throws: ``CognitoError/Code/unexpectedAnswer`` when the answer is for another sign-in,
  ///   ``CognitoError/Code/signInRequired`` when the pool's pages refused.
  package func code(inQuery query: String) throws(CognitoError) -> String {
    guard let fields = QueryString.decode(query), belongs(fields) else {
      throw CognitoError(.unexpectedAnswer, "The answer in the browser is not for this sign-in.")
    }
    if let error = fields["error"] {
      throw OAuthFailure.error(error, fields["error_description"], status: nil)
    }
    guard let code = fields["code"], !code.isEmpty else {
      throw CognitoError(.unexpectedAnswer, "The answer in the browser has no code.")
    }
    return code
  }

  package func belongs(_ fields: [String: String]) -> Bool {
    constantTimeEquals(Array((fields["state"] ?? "").utf8), Array(state.utf8))
  }
}
