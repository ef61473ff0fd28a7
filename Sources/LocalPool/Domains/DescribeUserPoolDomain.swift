import Cognito

/// Shows a domain; for one that nobody has, an empty description, as on AWS.
enum DescribeUserPoolDomain: PoolOperation {
  static let name = "DescribeUserPoolDomain"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let domain = try request.input.string("Domain")
    let found = try request.context.store.read { transaction in
      try transaction.resources.owner(ofDomain: domain).flatMap {
        try transaction.resources.find(.domain, domain, in: $0)
      }
    }
    guard let found else { return ["DomainDescription": [:]] }
    return [
      "DomainDescription": .fields([
        "UserPoolId": .string(found.poolID), "AWSAccountId": .string(PoolRecord.account), "Domain": .string(domain),
        "Status": "ACTIVE", "CustomDomainConfig": found.members["CustomDomainConfig"] ?? [:],
        "ManagedLoginVersion": found.members["ManagedLoginVersion"],
      ])
    ]
  }
}
