import Cognito

/// TARGET_ACR_VALUES, MAX_AGE and ACCESS_TOKEN of USER_AUTH: a sign-in that must reach a level, if need be on top of what the
/// user has shown before.
enum StepUp {
  /// Reads what the first call asks for; sets the level that the sign-in is to reach, and what counts towards it already.
  static func read(_ turn: inout SignInTurn) throws {
    let token = text("ACCESS_TOKEN", turn)
    let longest = try age(text("MAX_AGE", turn))
    guard let values = text("TARGET_ACR_VALUES", turn) else {
      guard token == nil else { throw PoolException.invalidParameter("ACCESS_TOKEN needs TARGET_ACR_VALUES.") }
      return
    }
    guard turn.pool.settings.hasEssentials else { throw PoolException.featureUnavailable("TARGET_ACR_VALUES") }
    let names = turn.pool.settings.acrNames
    let levels = values.split(separator: " ").compactMap { value in names.firstIndex(of: String(value)).map { $0 + 1 } }
    guard !levels.isEmpty else {
      throw PoolException.invalidParameter("None of TARGET_ACR_VALUES is a level of the user pool.")
    }
    let credit = try token.map { try credited($0, longest, turn) } ?? []
    turn.state.methods += credit
    let ways = try StepUpWays(turn)
    guard let target = levels.first(where: { !ways.reaching($0).isEmpty }) else {
      throw PoolException.invalidParameter("The user can't reach any of TARGET_ACR_VALUES.")
    }
    if let level = AuthenticationMethod.level(of: credit), level >= target {
      throw PoolException.invalidParameter("The access token has reached the level already.")
    }
    turn.state.target = target
  }

  /// The first challenge of a sign-in that must reach a level; nil for other sign-ins.
  static func begin(_ turn: inout SignInTurn) throws -> SignInOutcome? {
    guard let target = turn.state.target else { return nil }
    let shown = turn.state.methods
    let ways = try StepUpWays(turn).reaching(target)
    let offered = try FirstFactorChoice.available(turn).filter { factor in
      factor.method.map { method in !shown.contains(method) && ways.contains { $0.contains(method) } } ?? false
    }
    if let preferred = try FirstFactorChoice.preferred(among: offered, turn) {
      return try FirstFactorChoice.start(preferred, &turn)
    }
    // Who has shown the password before is asked for the rest alone.
    if shown.contains(.password), ways.contains(where: { $0.contains(.password) }) {
      return .passed(.firstFactor)
    }
    return try FirstFactorChoice.offer(offered, &turn)
  }

  /// What the token's sign-in has shown, unless that is too long ago.
  private static func credited(
    _ token: String, _ longest: Int64?, _ turn: SignInTurn
  ) throws -> [AuthenticationMethod] {
    let caller = try AccessTokenReader.caller(token: token, scope: nil, context: turn.context)
    let claims = caller.token
    guard
      caller.user.id == turn.user?.id, claims.clientID == turn.client.id,
      claims.audience == nil || claims.audience == claims.clientID
    else { throw PoolException.notAuthorized("Access Token isn't one of this user and app client") }
    if let longest, turn.context.clock.epoch - claims.authTime > longest { return [] }
    return claims.amr.compactMap(AuthenticationMethod.init)
  }

  private static func age(_ text: String?) throws -> Int64? {
    guard let text else { return nil }
    guard let seconds = Int64(text), seconds >= 0, !text.hasPrefix("+"), !text.hasPrefix("-") else {
      throw PoolException.invalidParameter("MAX_AGE must be a number of seconds.")
    }
    return seconds
  }

  private static func text(_ name: String, _ turn: SignInTurn) -> String? {
    turn.responses[name].flatMap { $0.isEmpty ? nil : $0 }
  }
}

extension SignInTurn {
  /// Whether the sign-in must reach a level that it hasn't reached.
  var lacksLevel: Bool {
    guard let target = state.target else { return false }
    return (AuthenticationMethod.level(of: state.methods) ?? 0) < target
  }
}

extension ChallengeName {
  /// What an answer to it shows.
  var method: AuthenticationMethod? {
    switch self {
    case .password, .passwordSRP, .passwordVerifier: .password
    case .smsMFA, .smsOTP: .sms
    case .emailOTP: .email
    case .softwareTokenMFA: .softwareToken
    // Which kind it is, only the answer tells; both reach the same level.
    case .webAuthn: .platformPasskey
    default: nil
    }
  }
}
