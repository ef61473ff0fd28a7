import FoundationEssentials

/// A user pool.
package struct PoolRecord: Sendable {
  /// `region_XXXXXXXXX`.
  package let id: String
  package var document: AWSDocument<PoolSettings>
  package let createdAt: Date
  package var modifiedAt: Date

  package var settings: PoolSettings { document.settings }
  /// The part after the first `_`: Cognito's SRP hashes it.
  package var srpName: String { id.split(separator: "_", maxSplits: 1).last.map(String.init) ?? id }
  /// The part before the first `_`.
  package var region: String { id.split(separator: "_", maxSplits: 1).first.map(String.init) ?? id }

  package init(id: String, document: AWSDocument<PoolSettings>, createdAt: Date, modifiedAt: Date) {
    self.id = id
    self.document = document
    self.createdAt = createdAt
    self.modifiedAt = modifiedAt
  }
}
