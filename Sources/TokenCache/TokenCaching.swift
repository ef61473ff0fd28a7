/// Short-lived tokens between two uses. Losing one costs a renewal and nothing else, so no caller depends on a write.
package protocol TokenCaching: Sendable {
  /// - Parameter now: unix time in seconds
  func token(_ kind: TokenKind, of profile: Profile, now: Int64) -> CachedToken?
  /// - Returns: whether it is there now; false (full quota, container without `keyctl`) means: do without.
  @discardableResult
  func store(_ token: CachedToken, _ kind: TokenKind, of profile: Profile, now: Int64) -> Bool
  /// - Returns: whether there was one.
  @discardableResult
  func drop(_ kind: TokenKind, of profile: Profile) -> Bool
}
