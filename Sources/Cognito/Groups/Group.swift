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
