import FoundationEssentials

/// A group of a pool.
package struct GroupRecord: Sendable, Equatable {
  package let poolId: String
  package let name: String
  package var description: String?
  package var roleArn: String?
  package var precedence: Int?
  package let createdAt: Date
  package var modifiedAt: Date

  package init(
    poolId: String, name: String, description: String?, roleArn: String?, precedence: Int?, createdAt: Date,
    modifiedAt: Date
  ) {
    self.poolId = poolId
    self.name = name
    self.description = description
    self.roleArn = roleArn
    self.precedence = precedence
    self.createdAt = createdAt
    self.modifiedAt = modifiedAt
  }
}
