import FoundationEssentials

/// Something that a pool keeps by name and mostly gives back as it was given, in AWS's shape.
package struct ResourceRecord: Sendable {
  package enum Kind: String, Sendable {
    case identityProvider = "identity-provider"
    case resourceServer = "resource-server"
    case domain
    /// An identity of an identity pool.
    case identity
    /// An external provider's identity that is linked to a user.
    case linkedIdentity = "linked-identity"
    /// An app client's terms of use or privacy policy, by id.
    case terms
    /// The look of an app client's pages, by id.
    case branding
    /// The look of the classic pages, by app client.
    case look
    case logDelivery = "log-delivery"
  }

  package let poolID: String
  package let kind: Kind
  package let name: String
  package var json: [UInt8]
  package let createdAt: Date
  package var modifiedAt: Date

  package init(
    poolID: String, kind: Kind, name: String, json: [UInt8], createdAt: Date, modifiedAt: Date
  ) {
    self.poolID = poolID
    self.kind = kind
    self.name = name
    self.json = json
    self.createdAt = createdAt
    self.modifiedAt = modifiedAt
  }
}
