import Cognito

/// Shows a domain; for one that nobody has, an empty description, as on AWS.
enum DescribeUserPoolDomain: Operation {
  static let name = "DescribeUserPoolDomain"
  static let access = OperationAccess.iam
  static let shape: InputShape = [.required("Domain", .string(1...63, .domain, isSensitive: false))]

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let domain = try request.input.string("Domain")
    guard let owner = try request.context.store.read({ try $0.resources.owner(ofDomain: domain) }) else {
      return ["DomainDescription": [:]]
    }
    return [
      "DomainDescription": [
        "UserPoolId": .string(owner), "AWSAccountId": .string(PoolRecord.account), "Domain": .string(domain),
        "Status": "ACTIVE", "CustomDomainConfig": [:],
      ]
    ]
  }
}
