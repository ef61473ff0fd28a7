import Cognito

/// What a PreTokenGeneration trigger wants changed in the tokens.
struct ClaimsOverride {
  enum Token {
    case id
    case access
  }

  /// Nobody may change what says whose token this is and how long it is good for.
  private static let untouchable: Set<String> = [
    "acr", "act", "amr", "at_hash", "auth_time", "azp", "client_id", "cognito:username", "device_key", "event_id",
    "exp",
    "iat", "iss", "jti", "nbf", "nonce", "origin_jti", "sub", "token_use", "username", "version",
  ]

  private var idClaims: [String: JSONValue] = [:]
  private var idSuppressed: Set<String> = []
  private var accessClaims: [String: JSONValue] = [:]
  private var accessSuppressed: Set<String> = []
  private var scopesAdded: [String] = []
  private var scopesSuppressed: Set<String> = []
  private(set) var groups: [String]?
  private(set) var roles: [String]?
  private(set) var preferredRole: String?

  static func ask(_ grant: TokenGrant, _ context: PoolContext) throws -> ClaimsOverride {
    guard context.triggers.has(.preTokenGeneration, grant.pool) else { return ClaimsOverride() }
    var event = TriggerEvent(
      trigger: .preTokenGeneration, source: grant.triggerSource, pool: grant.pool, clientID: grant.client.id,
      username: grant.user.username)
    let roles = grant.groups.compactMap(\.roleArn)
    event.request = [
      "userAttributes": TriggerAttributes.of(grant.user, in: grant.pool),
      "groupConfiguration": .object([
        "groupsToOverride": .array(grant.groups.map { .string($0.name) }),
        "iamRolesToOverride": .array(roles.map { .string($0) }),
        "preferredRole": roles.first.map { .string($0) } ?? .null,
      ]),
    ]
    event.add(grant.clientMetadata)
    event.version = version(in: grant.pool)
    event.response = ["claimsOverrideDetails": .null]
    if event.version != "1" {
      event.request["scopes"] = .array(grant.scopes.map { .string($0) })
      event.response["claimsAndScopeOverrideDetails"] = .null
    }
    guard let response = try context.triggers.run(event) else { return ClaimsOverride() }
    // A function of the first version can't change access tokens.
    return ClaimsOverride(response.filter { event.response.keys.contains($0.key) })
  }

  /// What the pool says of its function. A program that is set by its trigger's name alone may answer in either form.
  private static func version(in pool: PoolRecord) -> String {
    guard let lambda = pool.settings.lambdaConfig, lambda.arn(of: .preTokenGeneration) != nil else { return "2" }
    return lambda.preTokenGenerationConfig?.lambdaVersion.flatMap { ["V2_0": "2", "V3_0": "3"][$0] } ?? "1"
  }

  private init() {}

  /// Version 1 of the event changes the id token alone, versions 2 and 3 both tokens.
  private init(_ response: [String: JSONValue]) {
    if let first = response["claimsOverrideDetails"]?.object {
      idClaims = first["claimsToAddOrOverride"]?.object ?? [:]
      idSuppressed = Set(Self.strings(first["claimsToSuppress"]))
      readGroups(first["groupOverrideDetails"]?.object)
    }
    if let second = response["claimsAndScopeOverrideDetails"]?.object {
      let id = second["idTokenGeneration"]?.object ?? [:]
      idClaims = id["claimsToAddOrOverride"]?.object ?? [:]
      idSuppressed = Set(Self.strings(id["claimsToSuppress"]))
      let access = second["accessTokenGeneration"]?.object ?? [:]
      accessClaims = access["claimsToAddOrOverride"]?.object ?? [:]
      accessSuppressed = Set(Self.strings(access["claimsToSuppress"]))
      scopesAdded = Self.strings(access["scopesToAdd"])
      scopesSuppressed = Set(Self.strings(access["scopesToSuppress"]))
      readGroups(second["groupOverrideDetails"]?.object)
    }
  }

  private mutating func readGroups(_ details: [String: JSONValue]?) {
    guard let details else { return }
    if details["groupsToOverride"]?.array != nil { groups = Self.strings(details["groupsToOverride"]) }
    if details["iamRolesToOverride"]?.array != nil { roles = Self.strings(details["iamRolesToOverride"]) }
    preferredRole = details["preferredRole"]?.string
  }

  func apply(to claims: [String: JSONValue], _ token: Token) -> [String: JSONValue] {
    let (added, suppressed) = token == .id ? (idClaims, idSuppressed) : (accessClaims, accessSuppressed)
    var claims = claims
    for (name, value) in added where !Self.untouchable.contains(name) { claims[name] = value }
    for name in suppressed where !Self.untouchable.contains(name) { claims[name] = nil }
    return claims
  }

  func scopes(_ granted: [String]) -> [String] {
    var scopes = granted.filter { !scopesSuppressed.contains($0) }
    for scope in scopesAdded where !scopes.contains(scope) { scopes.append(scope) }
    return scopes
  }

  private static func strings(_ value: JSONValue?) -> [String] {
    (value?.array ?? []).compactMap(\.string)
  }
}
