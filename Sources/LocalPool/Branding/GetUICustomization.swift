import Cognito

/// The look of the hosted pages, which nobody can change here: an empty object, as for a pool whose owner never did.
enum GetUICustomization: PoolOperation {
  static let name = "GetUICustomization"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    _ = try request.pool()
    // The model's ClientId; `ALL` means the pool's own look.
    if let id = try request.input.optionalString("ClientId"), id != "ALL" { _ = try request.client() }
    return ["UICustomization": [:]]
  }
}
