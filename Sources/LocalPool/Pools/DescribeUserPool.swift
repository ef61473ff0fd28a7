import Cognito

/// Shows a user pool's settings.
enum DescribeUserPool: PoolOperation {
  static let name = "DescribeUserPool"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try request.pool()
    let (users, domains) = try request.context.store.read {
      (try $0.users.count(pool: pool.id), try $0.resources.list(.domain, pool: pool.id, limit: 2))
    }
    var description = pool.descriptionJSON(users: users).object ?? [:]
    for domain in domains {
      let isCustom = domain.name.contains(".")
      description[isCustom ? "CustomDomain" : "Domain"] = .string(domain.name)
    }
    return ["UserPool": .object(description)]
  }
}
