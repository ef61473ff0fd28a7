import Cognito

/// What the operations on resource servers share.
enum ResourceServerShapes {
  static let identifier = Constraint.string(1...256, .scope, isSensitive: false)
  static let settings: [Member] = [
    .required("Name", .string(1...256, .title, isSensitive: false)),
    .optional(
      "Scopes",
      .list(
        .object([
          .required("ScopeName", .string(1...256, .scopeName, isSensitive: false)),
          .required("ScopeDescription", .string(1...256, .anything, isSensitive: false)),
        ]), 0...100)),
  ]
}

extension ResourceRecord {
  /// `ResourceServerType`.
  var resourceServerJSON: JSONValue {
    .object(members.merging(["UserPoolId": .string(poolID), "Identifier": .string(name)]) { $1 })
  }
}
