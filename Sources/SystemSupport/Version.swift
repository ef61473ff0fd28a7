/// The version of everything that is built from this package: programs say it, and so does each request to a user pool.
///
/// `scripts/check-tree` holds packaging/debian/changelog and CHANGELOG.md to it.
package enum Version {
  /// As Semantic Versioning writes it.
  package static let current = "0.1.0"
}
