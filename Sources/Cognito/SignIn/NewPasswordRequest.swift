/// What a forced change of the password asks for.
public struct NewPasswordRequest: Sendable, Hashable {
  /// Attributes that must be given with it, such as "email".
  public let requiredAttributes: [String]
  /// The user's attributes as they are.
  public let attributes: [String: String]

  /// - Parameters:
  ///   - requiredAttributes: attributes that must be given with the new password.
  ///   - attributes: the user's attributes as they are.
  public init(requiredAttributes: [String] = [], attributes: [String: String] = [:]) {
    self.requiredAttributes = requiredAttributes
    self.attributes = attributes
  }
}
