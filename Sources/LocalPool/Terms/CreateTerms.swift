import Cognito

/// Adds an app client's terms of use or privacy policy: links, which are kept and shown.
enum CreateTerms: PoolOperation {
  static let name = "CreateTerms"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let client = try request.client()
    let name = try request.input.string("TermsName")
    let terms = ClientResource.make(
      .terms, request.given(["TermsName", "TermsSource", "Enforcement", "Links"]), client, request)
    try request.context.store.write { transaction in
      let present = try ClientResource.all(.terms, of: client.id, in: client.poolID, transaction)
      guard !present.contains(where: { $0.members["TermsName"]?.string == name }) else {
        throw PoolException.termsExist(name)
      }
      try transaction.resources.save(terms)
    }
    return ["Terms": terms.termsJSON]
  }
}
