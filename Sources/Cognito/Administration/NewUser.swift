/// A user whom an administrator makes (AdminCreateUser).
public struct NewUser: Sendable {
  /// What message the new user gets.
  @nonexhaustive
  public enum Invitation: Sendable, Hashable {
    /// The pool's usual one, with the temporary password.
    case send
    /// The same once more, for a user who exists and whose temporary password has expired.
    case resend
    /// None.
    case suppress
  }

  /// The name to sign in with.
  public var username: String
  /// The attributes.
  public var attributes: UserAttributes
  /// Must be changed at the first sign-in; the service makes one up when not given.
  public var temporaryPassword: Secret?
  /// What message the user gets.
  public var invitation: Invitation
  /// How the message is sent; by text message when empty.
  public var deliveryMedia: [CodeDelivery.Medium]
  /// Take an e-mail address or telephone number that is another user's alias over from them.
  public var forceAliasCreation: Bool
  /// Goes to the pool's pre-sign-up trigger and is not kept.
  public var validationData: [String: String]
  /// Goes to the pool's triggers.
  public var clientMetadata: [String: String]

  /// - Parameters:
  ///   - username: the name to sign in with.
  ///   - attributes: the attributes.
  ///   - temporaryPassword: must be changed at the first sign-in.
  ///   - invitation: what message the user gets.
  ///   - deliveryMedia: how the message is sent.
  ///   - forceAliasCreation: take an alias over from another user.
  ///   - validationData: goes to the pool's pre-sign-up trigger.
  ///   - clientMetadata: goes to the pool's triggers.
  public init(
    username: String, attributes: UserAttributes = [:], temporaryPassword: Secret? = nil,
    invitation: Invitation = .send, deliveryMedia: [CodeDelivery.Medium] = [], forceAliasCreation: Bool = false,
    validationData: [String: String] = [:], clientMetadata: [String: String] = [:]
  ) {
    self.username = username
    self.attributes = attributes
    self.temporaryPassword = temporaryPassword
    self.invitation = invitation
    self.deliveryMedia = deliveryMedia
    self.forceAliasCreation = forceAliasCreation
    self.validationData = validationData
    self.clientMetadata = clientMetadata
  }

  func wire() throws(CognitoError) -> [String: JSONValue?] {
    var input: [String: JSONValue?] = ["ClientMetadata": .texts(clientMetadata)]
    if !attributes.isEmpty { input["UserAttributes"] = try attributes.wire() }
    if let temporaryPassword { input["TemporaryPassword"] = try .password(temporaryPassword) }
    switch invitation {
    case .send: break
    case .resend: input["MessageAction"] = "RESEND"
    case .suppress: input["MessageAction"] = "SUPPRESS"
    }
    if !deliveryMedia.isEmpty { input["DesiredDeliveryMediums"] = .array(deliveryMedia.map { .string($0.wireName) }) }
    if forceAliasCreation { input["ForceAliasCreation"] = true }
    if !validationData.isEmpty {
      input["ValidationData"] = .array(
        validationData.sorted { $0.key < $1.key }.map { ["Name": .string($0.key), "Value": .string($0.value)] })
    }
    return input
  }
}
