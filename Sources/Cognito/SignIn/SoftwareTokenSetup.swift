/// A secret to share with an authenticator app.
public struct SoftwareTokenSetup: Sendable {
  /// The secret in base 32, to be typed.
  public let secret: Secret
  private let issuer: String
  private let account: String

  package init(secret: Secret, issuer: String, account: String) {
    self.secret = secret
    self.issuer = issuer
    self.account = account
  }

  /// The `otpauth` URL that apps read from a QR code. It holds the secret: don't log it.
  public var url: String {
    let (issuer, account) = (Self.encoded(issuer), Self.encoded(account))
    return "otpauth://totp/\(issuer):\(account)?secret=\(secret.revealed() ?? "")&issuer=\(issuer)"
  }

  private static func encoded(_ text: String) -> String {
    text.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        String(Unicode.Scalar(byte))
      default: "%" + Hex.encode([byte]).uppercased()
      }
    }.joined()
  }
}
