import Cognito

/// Shows an app client's terms by their name.
enum DescribeTermsByClient: PoolOperation {
  static let name = "DescribeTermsByClient"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let client = try request.client()
    let name = try request.input.string("TermsName")
    let all = try request.context.store.read { try ClientResource.all(.terms, of: client.id, in: client.poolID, $0) }
    guard let found = all.first(where: { $0.members["TermsName"]?.string == name }) else {
      throw PoolException.resourceNotFound("Terms \(name) do not exist for the app client.")
    }
    return ["Terms": found.termsJSON]
  }
}
