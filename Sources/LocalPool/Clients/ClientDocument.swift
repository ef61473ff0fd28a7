import Cognito

/// An app client's settings as AWS shows them: what was given, with AWS's defaults for the rest.
enum ClientDocument {
  /// Settings that an operation of their own sets and shows.
  static let sessions = "SessionConfiguration"
  /// What UpdateUserPoolClient sets; CreateUserPoolClient takes the same.
  private static let settings = Set(InputCheck.members(of: "UpdateUserPoolClient")).subtracting([
    "UserPoolId", "ClientId", "ClientName",
  ])

  /// - Parameter former: what the client was set to, when it is set anew.
  static func make(
    from input: OperationInput, name: String, pool: PoolRecord, former: AWSDocument<ClientSettings>? = nil
  ) throws -> AWSDocument<ClientSettings> {
    var document = input.members.filter { settings.contains($0.key) && $0.value != .null }
    document[sessions] = former.flatMap { JSONValue.document($0.json)[sessions] }
    document["ClientName"] = .string(name)
    document["RefreshTokenValidity"] = document["RefreshTokenValidity"] ?? 30
    document["EnableTokenRevocation"] = document["EnableTokenRevocation"] ?? true
    document["EnablePropagateAdditionalUserContextData"] = document["EnablePropagateAdditionalUserContextData"] ?? false
    document["AllowedOAuthFlowsUserPoolClient"] = document["AllowedOAuthFlowsUserPoolClient"] ?? false
    document["AuthSessionValidity"] = document["AuthSessionValidity"] ?? 3
    if document["ExplicitAuthFlows"] == nil {
      // With rotation, a refresh goes through GetTokensFromRefreshToken alone.
      let isRotating = document["RefreshTokenRotation"]?["Feature"] == "ENABLED"
      let refresh = isRotating ? [] : ["ALLOW_REFRESH_TOKEN_AUTH"]
      document["ExplicitAuthFlows"] = .texts(["ALLOW_CUSTOM_AUTH"] + refresh + ["ALLOW_USER_SRP_AUTH"])
    }
    let finished = try AWSDocument<ClientSettings>(given: JSONValue.object(document).serialized())
    try check(finished.settings, pool: pool)
    return finished
  }

  private static func check(_ settings: ClientSettings, pool: PoolRecord) throws(PoolException) {
    let flows = settings.explicitAuthFlows ?? []
    let newNames = flows.filter { $0.hasPrefix("ALLOW_") }
    guard newNames.isEmpty || newNames.count == flows.count else {
      throw .invalidParameter("Legacy and ALLOW_ prefixed values of ExplicitAuthFlows can't be mixed.")
    }
    if flows.contains("ALLOW_CLIENT_TOKEN_AUTH"), flows.count > 1 {
      throw .invalidParameter("ALLOW_CLIENT_TOKEN_AUTH can't be combined with other values of ExplicitAuthFlows.")
    }
    for name in (settings.readAttributes ?? []) + (settings.writeAttributes ?? [])
    where pool.settings.schema(of: name) == nil {
      throw .invalidParameter("Invalid read or write attributes specified while creating a client: \(name)")
    }
    try checkLifetimes(settings)
    try ClientOAuthRules.check(settings)
  }

  private static func checkLifetimes(_ settings: ClientSettings) throws(PoolException) {
    let limits: [(String, Int, ClosedRange<Int>)] = [
      ("AccessTokenValidity", settings.accessTokenSeconds, 300...86_400),
      ("IdTokenValidity", settings.idTokenSeconds, 300...86_400),
      ("RefreshTokenValidity", settings.refreshTokenSeconds, 3600...315_360_000),
    ]
    for (name, seconds, range) in limits where !range.contains(seconds) {
      throw .invalidParameter(
        "Invalid range for token validity: \(name) must be between \(range.lowerBound) and \(range.upperBound) seconds."
      )
    }
    if settings.rotatesRefreshTokens, settings.allows(flow: "ALLOW_REFRESH_TOKEN_AUTH") {
      throw .invalidParameter(
        "Refresh token rotation can't be enabled together with the ALLOW_REFRESH_TOKEN_AUTH flow.")
    }
  }
}
