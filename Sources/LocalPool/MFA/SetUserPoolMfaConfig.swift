import Cognito
import SystemSupport

/// Sets a pool's second factors.
enum SetUserPoolMfaConfig: PoolOperation {
  static let name = "SetUserPoolMfaConfig"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    var pool = try request.pool()
    var members: [String: JSONValue] = ["MfaConfiguration": request.input["MfaConfiguration"] ?? "OFF"]
    for name in PoolDocument.mfa { members[name] = request.input[name] ?? .null }
    // Passkeys are first factors: they alone don't make a second one.
    let secondFactors = PoolDocument.mfa.filter { $0 != "WebAuthnConfiguration" }
    if members["MfaConfiguration"] != "OFF", secondFactors.allSatisfy({ members[$0] == .null }) {
      throw PoolException.invalidParameter("Invalid MFA configuration given, can't turn on MFA without any factor.")
    }
    let relyingParty = try request.input.object("WebAuthnConfiguration").optionalString("RelyingPartyId")
    guard relyingParty.map({ RelyingParty.isHostName($0) }) ?? true else {
      throw PoolException.invalidParameter(
        "RelyingPartyId must be a host name in small letters, without scheme and port.")
    }
    pool.document = try PoolDocument.replacing(members, of: pool)
    pool.modifiedAt = request.context.clock.now
    try request.context.store.write { try $0.pools.update(pool) }
    return GetUserPoolMfaConfig.json(of: pool)
  }
}
