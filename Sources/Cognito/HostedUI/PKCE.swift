/// Proof key for code exchange (RFC 7636, method S256): whoever steals the authorization code on its way through
/// the browser can't redeem it.
package struct PKCE: Sendable {
  /// Stays here until the code is redeemed.
  package let verifier: Secret
  /// Goes through the browser.
  package let challenge: String

  /// - Parameter verifier: 43 to 128 unreserved characters; a fresh one of 32 random bytes when not given.
  package init(verifier: String = Base64.encodeURL(SecureRandom.bytes(32))) {
    self.verifier = Secret(utf8: verifier)
    challenge = Base64.encodeURL(Digest.sha256(Array(verifier.utf8)))
  }
}
