/// What a user pool calls its four levels of authentication (`acr`), from the weakest to the strongest.
public struct AuthenticationLevels: Sendable, Hashable {
  /// The names of levels 1 to 4.
  public let names: [String]

  /// The names of a pool that hasn't chosen its own: `urn:cognito:loa:1` to `urn:cognito:loa:4`.
  public static let standard = AuthenticationLevels()

  /// - Parameter own: the names that a pool has chosen, by level (AcrConfiguration); the others are the standard ones.
  public init(_ own: [Int: String] = [:]) {
    names = (1...4).map { own[$0] ?? "urn:cognito:loa:\($0)" }
  }

  init(_ wire: JSONValue?) {
    self.init(
      Dictionary(
        uniqueKeysWithValues: (1...4).compactMap { level in
          wire?["Level\(level)"]?["AcrValue"]?.string.map { (level, $0) }
        }))
  }

  /// The names of a level and all above it, the highest first: what ``StepUp/levels`` and
  /// ``TokenRequirements/levels`` want.
  ///
  /// - Parameter level: 1 to 4; more than 4 gives none.
  public func atLeast(_ level: Int) -> [String] {
    names.dropFirst(max(level, 1) - 1).reversed()
  }

  /// Levels that were asked for, and all that are above the lowest of them.
  func accepting(_ asked: [String]) -> [String] {
    guard let lowest = names.firstIndex(where: asked.contains) else { return asked }
    return asked + names[lowest...]
  }
}

extension UserPoolAdministrator {
  /// What the pool calls its levels of authentication (DescribeUserPool, AcrConfiguration).
  ///
  /// - Throws: ``CognitoError``.
  public func authenticationLevels() async throws(CognitoError) -> AuthenticationLevels {
    AuthenticationLevels(try await call("DescribeUserPool", [:])["UserPool"]?["AcrConfiguration"])
  }
}
