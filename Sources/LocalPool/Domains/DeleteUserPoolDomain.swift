import Cognito

/// Takes a pool's domain away.
enum DeleteUserPoolDomain: PoolOperation {
  static let name = "DeleteUserPoolDomain"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try request.pool()
    let domain = try request.input.string("Domain")
    guard try request.context.store.read({ try $0.resources.owner(ofDomain: domain) }) == pool.id else {
      throw PoolException.invalidParameter("No such domain or user pool exists.")
    }
    try request.context.store.write { try $0.resources.delete(.domain, domain, in: pool.id) }
    return [:]
  }
}
