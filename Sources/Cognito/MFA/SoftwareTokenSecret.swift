/// The secret that an authenticator app shares with the pool.
public struct SoftwareTokenSecret: Sendable {
  /// In base 32, for typing it in.
  public let secret: Secret

  package init(_ wire: JSONValue) throws(CognitoError) {
    guard let code = wire["SecretCode"]?.string, !code.isEmpty else {
      throw CognitoError(.malformedResponse, "The service gave no secret for an authenticator app.")
    }
    secret = Secret(utf8: code)
  }

  /// The address that authenticator apps read from a QR code (Google Authenticator, "Key URI Format").
  ///
  /// - Parameters:
  ///   - account: what the app shows for the user, such as the user name.
  ///   - issuer: what the app shows for the service.
  public func uri(account: String, issuer: String) -> Secret {
    let label = QueryString.escape(issuer) + ":" + QueryString.escape(account)
    let query = QueryString.encode([("secret", secret.revealed() ?? ""), ("issuer", issuer)])
    return Secret(utf8: "otpauth://totp/\(label)?\(query)")
  }

  /// Computes codes in place of an app; `nil` when the secret is not base 32.
  public var totp: TOTP? { secret.revealed().flatMap { TOTP(base32: $0) } }
}
