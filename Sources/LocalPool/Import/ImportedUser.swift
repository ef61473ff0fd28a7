import Cognito
import FoundationEssentials

/// A user in a file.
struct ImportedUser: Sendable {
  let name: String
  let groups: [String]
  private let attributes: [AttributeRecord]
  private let password: Secret?
  private let isTemporary: Bool
  private let softwareToken: [UInt8]?
  private let isEnabled: Bool
  /// Kept from AWS: applications have stored it.
  private let sub: String?
  private let createdAt: Date?
  private let isFromAWS: Bool

  /// Our own format.
  init(_ input: OperationInput) throws {
    name = try input.string("Username")
    groups = try input.optionalStrings("Groups") ?? []
    attributes = try input.stringMap("Attributes").sorted { $0.key < $1.key }
      .map { AttributeRecord(name: $0.key, value: $0.value) }
    password = try input.optionalString("Password").map { Secret(utf8: $0) }
    isTemporary = try input.bool("Temporary")
    if let text = try input.optionalString("SoftwareTokenSecret") {
      guard let key = Base32.decode(text), key.count >= 10 else {
        throw ImportError(description: "\(name): SoftwareTokenSecret isn't base 32 of at least 10 bytes.")
      }
      softwareToken = key
    } else {
      softwareToken = nil
    }
    isEnabled = try input.bool("Enabled", default: true)
    (sub, createdAt, isFromAWS) = (nil, nil, false)
  }

  /// `UserType`, as list-users has it: no password comes with it, so the person has to set a new one.
  init(listed input: OperationInput) throws {
    name = try input.string("Username")
    let all = try AttributeRules.read(input, "Attributes")
    sub = all.first { $0.name == "sub" }?.value
    attributes = all.filter { $0.name != "sub" }
    isEnabled = try input.bool("Enabled", default: true)
    createdAt = Self.date(input["UserCreateDate"])
    (groups, password, isTemporary, softwareToken, isFromAWS) = ([], nil, false, nil, true)
  }

  /// The user to store. In a pool of `UsernameAttributes`, AWS's Username is the sub and stays it.
  func record(for pool: PoolRecord, _ context: PoolContext) throws -> UserRecord {
    try AttributeRules.check(attributes, in: pool, by: .administrator, isNew: true)
    var user: UserRecord
    if isFromAWS {
      user = UserRecord(
        poolID: pool.id, sub: sub ?? context.random.uuid(), username: name, status: .resetRequired,
        attributes: attributes, createdAt: createdAt ?? context.clock.now)
    } else {
      user = try UserFactory.user(
        login: name, attributes: attributes, status: .resetRequired, pool: pool, context: context)
    }
    user.isEnabled = isEnabled
    if let password {
      user.setPassword(
        .make(password: password, poolName: pool.srpName, userID: user.username, random: context.random), in: pool,
        at: context.clock.now)
      user.status = isTemporary ? .forceChangePassword : .confirmed
    }
    if let softwareToken {
      user.mfa.softwareTokenSecret = softwareToken
      user.mfa.softwareTokenEnabled = true
      user.mfa.preferred = "SOFTWARE_TOKEN_MFA"
    }
    return user
  }

  /// Seconds since 1970, or the ISO 8601 text that version 2 of the AWS CLI writes.
  private static func date(_ value: JSONValue?) -> Date? {
    if let seconds = value?.double { return Date(timeIntervalSince1970: seconds) }
    guard let text = value?.string else { return nil }
    let whole = text.replacing(/\.\d+/, with: "")
    return try? Date(whole, strategy: .iso8601)
  }
}
