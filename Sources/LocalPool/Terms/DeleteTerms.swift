import Cognito

/// Removes terms.
enum DeleteTerms: PoolOperation {
  static let name = "DeleteTerms"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let terms = try ClientResource.find(.terms, "TermsId", what: "Terms", request)
    try request.context.store.write { try $0.resources.delete(.terms, terms.name, in: terms.poolID) }
    return [:]
  }
}
