import Cognito

/// NEW_PASSWORD_REQUIRED: a user whom an administrator made chooses a password, and gives what the pool requires.
enum NewPasswordChallenge: ChallengeAnswer {
  private static let attributePrefix = "userAttributes."

  static func ask(_ turn: inout SignInTurn) throws -> JSONValue {
    let user = try turn.requireUser()
    var attributes: [String: JSONValue] = [:]
    for attribute in user.attributes { attributes[attribute.name] = .string(attribute.value) }
    let missing = missing(user.attributes, turn.pool)
    return try turn.challenge(
      .newPasswordRequired,
      [
        "USER_ID_FOR_SRP": .string(user.username), "userAttributes": text(.object(attributes)),
        "requiredAttributes": text(.array(missing.map { .string(attributePrefix + $0) })),
      ])
  }

  static func answer(_ turn: inout SignInTurn) throws -> SignInOutcome {
    let password = try turn.response("NEW_PASSWORD")
    var user = try turn.requireUser()
    let pool = turn.pool
    try PasswordRules.check(password, against: pool.settings.passwordPolicy)
    let secret = Secret(utf8: password)
    try PasswordRules.checkHistory(secret, of: user, in: pool)
    let attributes = turn.responses.filter { $0.key.hasPrefix(attributePrefix) }
      .map { AttributeRecord(name: String($0.key.dropFirst(attributePrefix.count)), value: $0.value) }
      .sorted { $0.name < $1.name }
    try AttributeRules.check(attributes, in: pool, by: .user(turn.client), isNew: false)
    for attribute in attributes { user[attribute.name] = attribute.value }
    try AttributeRules.checkRequired(user.attributes, in: pool)
    let verifier = PasswordVerifier.make(
      password: secret, poolName: pool.srpName, userID: user.username, random: turn.context.random)
    user.setPassword(verifier, in: pool, at: turn.context.clock.now)
    user.status = .confirmed
    turn.user = user
    let changed = user
    turn.writes.append { transaction in
      try transaction.users.update(changed)
      try Aliases.assign(to: changed, in: pool, transaction)
    }
    return .passed(.newPassword)
  }

  private static func missing(_ attributes: [AttributeRecord], _ pool: PoolRecord) -> [String] {
    let given = Set(attributes.filter { !$0.value.isEmpty }.map(\.name))
    return pool.settings.requiredAttributes.filter { !given.contains($0) && $0 != "sub" }
  }

  /// Challenge parameters are strings: lists and objects go in as their JSON text.
  private static func text(_ value: JSONValue) -> JSONValue {
    .string(String(decoding: value.serialized(), as: UTF8.self))
  }
}
