import FoundationEssentials

/// An app client of a pool.
package struct ClientRecord: Sendable {
  package let id: String
  package let poolID: String
  package var document: AWSDocument<ClientSettings>
  /// In clear: the server half of SECRET_HASH is an HMAC with it. Several while one is being replaced; none: public client.
  package var secrets: [ClientSecret]
  package let createdAt: Date
  package var modifiedAt: Date

  package var settings: ClientSettings { document.settings }
  package var isPublic: Bool { secrets.isEmpty }

  package init(
    id: String, poolID: String, document: AWSDocument<ClientSettings>, secrets: [ClientSecret], createdAt: Date,
    modifiedAt: Date
  ) {
    self.id = id
    self.poolID = poolID
    self.document = document
    self.secrets = secrets
    self.createdAt = createdAt
    self.modifiedAt = modifiedAt
  }
}

/// One of an app client's secrets.
package struct ClientSecret: Sendable {
  package let id: String
  package let value: String
  package let createdAt: Date

  package init(id: String, value: String, createdAt: Date) {
    self.id = id
    self.value = value
    self.createdAt = createdAt
  }
}
