/// Which second factors a user has on, and which is asked for first (SetUserMFAPreference). A factor that isn't
/// mentioned stays as it is.
public struct MFAPreferences: Sendable, Hashable {
  /// What to do with one factor.
  public enum Choice: Sendable, Hashable {
    /// Off.
    case off
    /// On; the user is asked to choose when several are on and none is preferred.
    case on
    /// On, and asked for first.
    case preferred
  }

  /// A code by text message.
  public var sms: Choice?
  /// A code from an authenticator app; it must have been set up before.
  public var softwareToken: Choice?
  /// A code by e-mail.
  public var email: Choice?
  /// Whether a passkey, as first factor and with user verification, counts as the second as well.
  public var webAuthn: Bool?

  /// - Parameters:
  ///   - sms: a code by text message.
  ///   - softwareToken: a code from an authenticator app.
  ///   - email: a code by e-mail.
  ///   - webAuthn: whether a passkey counts as two factors.
  public init(
    sms: Choice? = nil, softwareToken: Choice? = nil, email: Choice? = nil, webAuthn: Bool? = nil
  ) {
    self.sms = sms
    self.softwareToken = softwareToken
    self.email = email
    self.webAuthn = webAuthn
  }

  /// - Throws: ``CognitoError/Code/invalidInput`` when more than one factor is preferred.
  package func wire() throws(CognitoError) -> [String: JSONValue?] {
    guard [sms, softwareToken, email].filter({ $0 == .preferred }).count <= 1 else {
      throw CognitoError(.invalidInput, "Only one second factor can be the preferred one.")
    }
    return [
      "SMSMfaSettings": Self.wire(sms), "SoftwareTokenMfaSettings": Self.wire(softwareToken),
      "EmailMfaSettings": Self.wire(email), "WebAuthnMfaSettings": webAuthn.map { ["Enabled": .bool($0)] },
    ]
  }

  private static func wire(_ choice: Choice?) -> JSONValue? {
    choice.map { ["Enabled": .bool($0 != .off), "PreferredMfa": .bool($0 == .preferred)] }
  }
}
