/// What SignUp says.
public struct SignUpResult: Sendable, Hashable {
  /// The new user's id in the pool.
  public let sub: String
  /// Whether the user can sign in at once. If not, the code that was sent must be confirmed first.
  public let isConfirmed: Bool
  /// Where the code was sent.
  public let codeDelivery: CodeDelivery?
  /// Goes into ``UserPoolClient/confirmSignUp(username:code:forceAliasCreation:session:clientMetadata:)``, so that the
  /// user can then sign in without typing the password again.
  public let session: String?

  /// - Parameters:
  ///   - sub: the new user's id in the pool.
  ///   - isConfirmed: whether the user can sign in at once.
  ///   - codeDelivery: where the code was sent.
  ///   - session: lets the user sign in after the confirmation.
  public init(sub: String, isConfirmed: Bool, codeDelivery: CodeDelivery? = nil, session: String? = nil) {
    self.sub = sub
    self.isConfirmed = isConfirmed
    self.codeDelivery = codeDelivery
    self.session = session
  }

  package init(_ wire: JSONValue) throws(CognitoError) {
    guard let sub = wire["UserSub"]?.string, let isConfirmed = wire["UserConfirmed"]?.bool else {
      throw CognitoError(.malformedResponse, "The service's answer to a sign-up lacks the user's id or state.")
    }
    self.sub = sub
    self.isConfirmed = isConfirmed
    codeDelivery = CodeDelivery(wire["CodeDeliveryDetails"])
    session = wire["Session"]?.string
  }
}
