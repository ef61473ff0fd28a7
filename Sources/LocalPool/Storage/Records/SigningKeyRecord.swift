import FoundationEssentials

/// One of the pool's RSA keys. Id and access tokens are signed with different ones.
package struct SigningKeyRecord: Sendable {
  /// `id` or `access`.
  package let use: String
  package let kid: String
  package let poolID: String
  /// PKCS#8 or PKCS#1, PEM.
  package let privateKey: [UInt8]
  package let createdAt: Date
  /// Set when a newer key signs in its place; it stays in the JWKS until it is removed.
  package var retiredAt: Date?

  package init(
    use: String, kid: String, poolID: String, privateKey: [UInt8], createdAt: Date, retiredAt: Date? = nil
  ) {
    self.use = use
    self.kid = kid
    self.poolID = poolID
    self.privateKey = privateKey
    self.createdAt = createdAt
    self.retiredAt = retiredAt
  }
}
