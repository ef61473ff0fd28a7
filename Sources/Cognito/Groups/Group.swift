import FoundationEssentials

/// A group of users. Its name comes in the tokens' claim `cognito:groups`.
public struct Group: Sendable, Hashable {
  /// The name.
  public let name: String
  /// What it is for.
  public let description: String?
  /// The order among a user's groups: the lowest number comes first, and its role is the preferred one.
  public let precedence: Int?
  /// The role that members get in an identity pool.
  public let roleARN: String?
  /// When it was created.
  public let created: Date?
  /// When it was last changed.
  public let lastModified: Date?

  /// A group, for tests of programs that read groups.
  ///
  /// - Parameters:
  ///   - name: the name.
  ///   - description: what it is for.
  ///   - precedence: the order among a user's groups.
  ///   - roleARN: the role of its members in an identity pool.
  ///   - created: when it was created.
  ///   - lastModified: when it was last changed.
  public init(
    name: String, description: String? = nil, precedence: Int? = nil, roleARN: String? = nil, created: Date? = nil,
    lastModified: Date? = nil
  ) {
    self.name = name
    self.description = description
    self.precedence = precedence
    self.roleARN = roleARN
    self.created = created
    self.lastModified = lastModified
  }

  package init(_ wire: JSONValue) throws(CognitoError) {
    guard let name = wire["GroupName"]?.string else {
      throw CognitoError(.malformedResponse, "The service described a group without a name.")
    }
    self.name = name
    description = wire["Description"]?.string
    precedence = wire["Precedence"]?.int.flatMap { Int(exactly: $0) }
    roleARN = wire["RoleArn"]?.string
    created = wire.date("CreationDate")
    lastModified = wire.date("LastModifiedDate")
  }
}
