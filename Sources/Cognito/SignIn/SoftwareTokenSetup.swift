/// A secret to share with an authenticator app.
public struct SoftwareTokenSetup: Sendable {
  /// The secret in base 32, to be typed.
  public let secret: Secret
  private let issuer: String
  private let account: String

  /// - Parameters:
  ///   - secret: in base 32.
  ///   - issuer: what the app shows as the service.
  ///   - account: what the app shows as the user.
  public init(secret: Secret, issuer: String, account: String) {
    self.secret = secret
    self.issuer = issuer
    self.account = account
  }

  /// The `otpauth` URL that apps read from a QR code. It holds the secret: don't log it.
  public var url: String {
    let (issuer, account) = (QueryString.escape(issuer), QueryString.escape(account))
    return "otpauth://totp/\(issuer):\(account)?secret=\(secret.revealed() ?? "")&issuer=\(issuer)"
  }
}
