import FoundationEssentials

/// A user of the pool, as GetUser (for oneself), AdminGetUser or ListUsers (for administrators) tell it.
public struct User: Sendable, Hashable {
  /// The pool's own name for the user, which never changes.
  public let username: String
  /// The attributes that the caller may read.
  public var attributes: UserAttributes
  /// The second factors that are set up and on. GetUser and AdminGetUser tell them, ListUsers doesn't.
  public let mfaFactors: [MFAFactor]
  /// The second factor that is asked for first.
  public let preferredMFA: MFAFactor?

  // MARK: Told to administrators alone
  /// Whether the user may sign in.
  public let isEnabled: Bool?
  /// Where the user is in the life of an account.
  public let status: UserStatus?
  /// When the user was created.
  public let created: Date?
  /// When the user was last changed.
  public let lastModified: Date?

  /// The user's id in the pool.
  public var sub: String? { attributes.sub }

  /// A user, for tests of programs that read users.
  ///
  /// - Parameters:
  ///   - username: the pool's own name for the user.
  ///   - attributes: the attributes that the caller may read.
  ///   - mfaFactors: the second factors that are set up and on.
  ///   - preferredMFA: the second factor that is asked for first.
  ///   - isEnabled: whether the user may sign in.
  ///   - status: where the user is in the life of an account.
  ///   - created: when the user was created.
  ///   - lastModified: when the user was last changed.
  public init(
    username: String, attributes: UserAttributes = [:], mfaFactors: [MFAFactor] = [], preferredMFA: MFAFactor? = nil,
    isEnabled: Bool? = nil, status: UserStatus? = nil, created: Date? = nil, lastModified: Date? = nil
  ) {
    self.username = username
    self.attributes = attributes
    self.mfaFactors = mfaFactors
    self.preferredMFA = preferredMFA
    self.isEnabled = isEnabled
    self.status = status
    self.created = created
    self.lastModified = lastModified
  }

  package init(_ wire: JSONValue) throws(CognitoError) {
    guard let username = wire["Username"]?.string else {
      throw CognitoError(.malformedResponse, "The service described a user without a name.")
    }
    self.username = username
    // GetUser and AdminGetUser call the list UserAttributes; ListUsers and AdminCreateUser call it Attributes.
    attributes = try UserAttributes(wire: wire["UserAttributes"] ?? wire["Attributes"])
    mfaFactors = (wire["UserMFASettingList"]?.array ?? []).compactMap { $0.string.map { MFAFactor(rawValue: $0) } }
    preferredMFA = wire["PreferredMfaSetting"]?.string.flatMap { $0.isEmpty ? nil : MFAFactor(rawValue: $0) }
    isEnabled = wire["Enabled"]?.bool
    status = wire["UserStatus"]?.string.map { UserStatus(rawValue: $0) }
    created = wire.date("UserCreateDate")
    lastModified = wire.date("UserLastModifiedDate")
  }
}
