import Cognito

/// Deletes a passkey of the caller.
enum DeleteWebAuthnCredential: PoolOperation {
  static let name = "DeleteWebAuthnCredential"
  static let access = OperationAccess.accessToken

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let user = try request.requireCaller().user
    let id = Base64.decodeURL(try request.input.string("CredentialId")) ?? []
    guard try request.context.store.write({ try $0.passkeys.delete(id, of: user.id) }) else {
      throw PoolException.resourceNotFound("The passkey does not exist.")
    }
    return [:]
  }
}
