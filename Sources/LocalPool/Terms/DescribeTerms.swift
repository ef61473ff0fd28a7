import Cognito

/// Shows terms by their id.
enum DescribeTerms: PoolOperation {
  static let name = "DescribeTerms"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    ["Terms": try ClientResource.find(.terms, "TermsId", what: "Terms", request).termsJSON]
  }
}
