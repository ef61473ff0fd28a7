/// Which users ListUsers tells: a condition on one attribute. It is put together here, so that a value from outside
/// can't change what the filter means.
public struct UserFilter: Sendable, Hashable {
  /// The service's form of it, such as `email = "a@example.com"`.
  public let expression: String

  /// Users whose attribute has exactly this value.
  ///
  /// - Parameters:
  ///   - attribute: one that can be searched: a standard one that names a person, `sub`, "username",
  ///     "cognito:user_status" or "status" ("Enabled", "Disabled"). Custom ones can't.
  ///   - value: the whole of it.
  public static func equals(_ attribute: UserAttribute, _ value: String) -> UserFilter {
    UserFilter(attribute, "=", value)
  }

  /// Users whose attribute begins like this.
  ///
  /// - Parameters:
  ///   - attribute: one that can be searched.
  ///   - prefix: how its value begins.
  public static func hasPrefix(_ attribute: UserAttribute, _ prefix: String) -> UserFilter {
    UserFilter(attribute, "^=", prefix)
  }

  private init(_ attribute: UserAttribute, _ comparison: String, _ value: String) {
    let escaped = value.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
    expression = "\(attribute.rawValue) \(comparison) \"\(escaped)\""
  }
}
