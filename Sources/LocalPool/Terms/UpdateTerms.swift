import Cognito

/// Changes what is named of terms.
enum UpdateTerms: PoolOperation {
  static let name = "UpdateTerms"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let terms = try ClientResource.find(.terms, "TermsId", what: "Terms", request)
    let changed = terms.replacing(
      request.given(["TermsName", "TermsSource", "Enforcement", "Links"]), at: request.context.clock.now)
    let (client, name) = (changed.members["ClientId"]?.string ?? "", changed.members["TermsName"]?.string ?? "")
    try request.context.store.write { transaction in
      let others = try ClientResource.all(.terms, of: client, in: terms.poolID, transaction)
      guard !others.contains(where: { $0.name != terms.name && $0.members["TermsName"]?.string == name }) else {
        throw PoolException.termsExist(name)
      }
      try transaction.resources.save(changed)
    }
    return ["Terms": changed.termsJSON]
  }
}
