import Cognito

/// What the operations on domains share.
enum DomainSettings {
  private static let kept = ["ManagedLoginVersion", "CustomDomainConfig", "Routing"]

  /// The given settings. A name with dots is somebody's own domain, which needs a certificate.
  static func given(_ request: OperationRequest) throws(PoolException) -> [String: JSONValue] {
    let given = request.given(kept)
    let isCustom = try request.input.string("Domain").contains(".")
    guard (1...2).contains(try request.input.optionalInt("ManagedLoginVersion") ?? 1) else {
      throw .invalidParameter("ManagedLoginVersion must be 1 or 2.")
    }
    guard !isCustom || given["CustomDomainConfig"] != nil else {
      throw .invalidParameter("A domain of one's own needs a CustomDomainConfig with its certificate.")
    }
    return given
  }
}
