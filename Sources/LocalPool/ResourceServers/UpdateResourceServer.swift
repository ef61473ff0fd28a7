import Cognito

/// Replaces a resource server's name and scopes.
enum UpdateResourceServer: PoolOperation {
  static let name = "UpdateResourceServer"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let server = try request.resource(.resourceServer, "Identifier", of: try request.pool())
    let scopes = request.input["Scopes"] ?? []
    let changed = server.replacing(
      request.given(["Name"]).merging(["Scopes": scopes]) { $1 }, at: request.context.clock.now)
    try request.context.store.write { try $0.resources.save(changed) }
    return ["ResourceServer": changed.resourceServerJSON]
  }
}
