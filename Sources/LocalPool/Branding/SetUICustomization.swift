import Cognito

/// Sets the look of the classic pages, of one app client or of all. It is kept and shown; the pages here have one look.
enum SetUICustomization: PoolOperation {
  static let name = "SetUICustomization"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try request.pool()
    let now = request.context.clock.now
    let id = try GetUICustomization.client(request)
    let css = request.given(["CSS"])
    return try request.context.store.write { transaction in
      guard try !transaction.resources.list(.domain, pool: pool.id, limit: 1).isEmpty else {
        throw PoolException.invalidParameter(
          "There has to be an existing domain associated with this user pool")
      }
      let former = try transaction.resources.find(.look, id, in: pool.id)
      let look = ResourceRecord(
        poolID: pool.id, kind: .look, name: id, json: JSONValue.object(css).serialized(),
        createdAt: former?.createdAt ?? now, modifiedAt: now)
      try transaction.resources.save(look)
      return ["UICustomization": look.lookJSON]
    }
  }
}
