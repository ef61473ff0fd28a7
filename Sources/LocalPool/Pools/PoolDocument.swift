import Cognito

/// A pool's settings as AWS shows them: what the client gave, with AWS's defaults for the rest.
enum PoolDocument {
  /// Settings that UpdateUserPool replaces; what it doesn't name goes back to its default.
  private static let mutable = [
    "Policies", "DeletionProtection", "LambdaConfig", "AutoVerifiedAttributes", "SmsVerificationMessage",
    "EmailVerificationMessage", "EmailVerificationSubject", "VerificationMessageTemplate", "SmsAuthenticationMessage",
    "UserAttributeUpdateSettings", "MfaConfiguration", "DeviceConfiguration", "EmailConfiguration", "SmsConfiguration",
    "UserPoolTags", "AdminCreateUserConfig", "UserPoolAddOns", "AccountRecoverySetting", "UserPoolTier",
    "IssuerConfiguration", "AcrConfiguration", "KeyConfiguration", "DcrConfiguration",
  ]
  /// Settings that only CreateUserPool takes.
  private static let fixed = ["AliasAttributes", "UsernameAttributes", "UsernameConfiguration"]
  /// Settings that belong to SetUserPoolMfaConfig.
  static let mfa = [
    "SoftwareTokenMfaConfiguration", "SmsMfaConfiguration", "EmailMfaConfiguration", "WebAuthnConfiguration",
  ]

  /// Settings that operations of their own set and show.
  static let apart = mfa + ["SessionConfiguration"]

  static func created(from input: OperationInput) throws -> AWSDocument<PoolSettings> {
    var document = input.members.filter { mutable.contains($0.key) || fixed.contains($0.key) }
    document["PoolName"] = .string(try input.string("PoolName"))
    document["Schema"] = .array(try input.objects("Schema").map(Self.schema))
    return try finished(document)
  }

  static func updated(_ pool: PoolRecord, from input: OperationInput) throws -> AWSDocument<PoolSettings> {
    var document = JSONValue.document(pool.document.json).filter { !mutable.contains($0.key) }
    document.merge(input.members.filter { mutable.contains($0.key) }) { _, new in new }
    if let name = try input.optionalString("PoolName") { document["PoolName"] = .string(name) }
    return try finished(document)
  }

  /// The pool with some members set anew, all others as they are.
  static func replacing(_ members: [String: JSONValue], of pool: PoolRecord) throws -> AWSDocument<PoolSettings> {
    try AWSDocument(
      given: JSONValue.object(JSONValue.document(pool.document.json).merging(members) { $1 }).serialized())
  }

  /// A custom attribute's name gets its prefix; a standard attribute's stays.
  static func schema(_ attribute: OperationInput) throws(PoolException) -> JSONValue {
    try SchemaRules.check(attribute)
    var members = attribute.members
    let name = try attribute.string("Name")
    if !StandardAttributes.names.contains(name) {
      guard !name.contains(":") else { throw .invalidParameter("Invalid attribute name: \(name)") }
      let isForDevelopers = try attribute.bool("DeveloperOnlyAttribute")
      members["Name"] = .string((isForDevelopers ? "dev:custom:" : "custom:") + name)
      if try attribute.bool("Required") {
        throw .invalidParameter("Required custom attributes are not supported currently.")
      }
      members["DeveloperOnlyAttribute"] = .bool(isForDevelopers)
      // A custom attribute can't be changed unless it says so; a standard one can.
      members["Mutable"] = .bool(try attribute.bool("Mutable"))
      members["Required"] = false
    }
    return .object(members)
  }

  private static func finished(_ given: [String: JSONValue]) throws -> AWSDocument<PoolSettings> {
    var document = given.filter { $0.value != .null }
    var policies = document["Policies"]?.object ?? [:]
    policies["PasswordPolicy"] = .object(passwordPolicy(policies["PasswordPolicy"]?.object))
    policies["SignInPolicy"] = policies["SignInPolicy"] ?? ["AllowedFirstAuthFactors": ["PASSWORD"]]
    document["Policies"] = .object(policies)
    var invitations = document["AdminCreateUserConfig"]?.object ?? [:]
    invitations["AllowAdminCreateUserOnly"] = invitations["AllowAdminCreateUserOnly"] ?? false
    invitations["UnusedAccountValidityDays"] = invitations["UnusedAccountValidityDays"] ?? 7
    document["AdminCreateUserConfig"] = .object(invitations)
    let defaults: [String: JSONValue] = [
      "DeletionProtection": "INACTIVE", "MfaConfiguration": "OFF", "LambdaConfig": [:], "UserPoolTags": [:],
      "EmailConfiguration": ["EmailSendingAccount": "COGNITO_DEFAULT"],
      "VerificationMessageTemplate": ["DefaultEmailOption": "CONFIRM_WITH_CODE"], "UserPoolTier": "ESSENTIALS",
    ]
    document.merge(defaults) { given, _ in given }
    let finished = try AWSDocument<PoolSettings>(given: JSONValue.object(document).serialized())
    try check(finished.settings)
    return finished
  }

  /// All four classes of characters are asked for only when no policy was given at all.
  private static func passwordPolicy(_ given: [String: JSONValue]?) -> [String: JSONValue] {
    let classes = ["RequireUppercase", "RequireLowercase", "RequireNumbers", "RequireSymbols"]
    var policy = given ?? [:]
    for name in classes { policy[name] = policy[name] ?? .bool(given == nil) }
    policy["MinimumLength"] = policy["MinimumLength"] ?? 8
    policy["TemporaryPasswordValidityDays"] = policy["TemporaryPasswordValidityDays"] ?? 7
    return policy
  }

  private static func check(_ settings: PoolSettings) throws(PoolException) {
    if settings.aliasAttributes != nil, settings.usernameAttributes != nil {
      throw .invalidParameter("Only one of the aliasAttributes or usernameAttributes can be set in a user pool.")
    }
    let updates = settings.userAttributeUpdateSettings?.attributesRequireVerificationBeforeUpdate ?? []
    for name in updates where !(settings.autoVerifiedAttributes ?? []).contains(name) {
      throw .invalidParameter(
        "Requiring verification of \(name) before its update needs it in AutoVerifiedAttributes as well.")
    }
    let protection = settings.userPoolAddOns
    let modes = [protection?.advancedSecurityMode, protection?.advancedSecurityAdditionalFlows?.customAuthMode]
    guard !modes.contains("ENFORCED") else {
      throw .invalidParameter("This pool has no threat protection, so it can't be ENFORCED: use OFF or AUDIT.")
    }
    try AcrNames.check(settings)
    var names = Set<String>()
    for attribute in settings.schema ?? [] where !names.insert(attribute.name).inserted {
      throw .invalidParameter("Attribute \(attribute.name) already exists.")
    }
  }
}
