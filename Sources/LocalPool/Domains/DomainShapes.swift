import Cognito

/// What the operations on domains share.
enum DomainShapes {
  static let name: Member = .required("Domain", .string(1...63, .domain, isSensitive: false))
  static let settings: [Member] = [
    .optional("ManagedLoginVersion", .integer(1...2)),
    .optional("CustomDomainConfig", .object([.required("CertificateArn", .arn)])),
  ]
  private static let kept = ["ManagedLoginVersion", "CustomDomainConfig"]

  /// The given settings. A name with dots is somebody's own domain, which needs a certificate.
  static func settings(_ request: OperationRequest) throws(PoolException) -> [String: JSONValue] {
    let given = request.given(kept)
    let isCustom = try request.input.string("Domain").contains(".")
    guard !isCustom || given["CustomDomainConfig"] != nil else {
      throw .invalidParameter("A domain of one's own needs a CustomDomainConfig with its certificate.")
    }
    return given
  }
}
