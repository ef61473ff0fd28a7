import FoundationEssentials

/// A group of a pool.
package struct GroupRecord: Sendable, Equatable {
  package let poolID: String
  package let name: String
  package var description: String?
  package var roleArn: String?
  package var precedence: Int?
  package let createdAt: Date
  package var modifiedAt: Date

  package init(
    poolID: String, name: String, description: String?, roleArn: String?, precedence: Int?, createdAt: Date,
    modifiedAt: Date
  ) {
    self.poolID = poolID
    self.name = name
    self.description = description
    self.roleArn = roleArn
    self.precedence = precedence
    self.createdAt = createdAt
    self.modifiedAt = modifiedAt
  }
}
