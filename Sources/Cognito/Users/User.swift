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
