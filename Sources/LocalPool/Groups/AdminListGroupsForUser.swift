import Cognito

/// Lists the groups of a user, the most important first.
enum AdminListGroupsForUser: PoolOperation {
  static let name = "AdminListGroupsForUser"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let user = try request.user(in: try request.pool())
    let limit = try Paging.limit(request.input)
    // At most a hundred groups and ordered by importance: the token is a count.
    let skipped = Int(clamping: try Paging.row(request.input, "NextToken", of: name))
    let groups = try request.context.store.read { try $0.groups.groups(of: user.id) }
    let rest = groups.dropFirst(max(0, skipped))
    let shown = rest.prefix(limit)
    let token = rest.count > limit ? Paging.token(after: String(skipped + limit), of: name) : nil
    return .fields(["Groups": .array(shown.map(\.json)), "NextToken": token.map { .string($0) }])
  }
}
