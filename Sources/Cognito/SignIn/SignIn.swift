import FoundationEssentials

/// One sign-in, from the user's name to tokens, as a machine that says what it needs next.
///
/// ```swift
/// let signIn = client.signIn("alice")
/// var step = try await signIn.start(.srp(password: Secret(utf8: password)))
/// while true {
///   switch step {
///   case .done(let result): return result.tokens
///   case .code: step = try await signIn.respond(.code(ask("Code: ")))
///   default: throw UnsupportedStep()
///   }
/// }
/// ```
///
/// A wrong answer throws and leaves the machine where it was: ask again where ``CognitoError/Code/asksAgain`` says so. Use
/// one machine for one sign-in, and don't answer two steps at a time.
public actor SignIn {
  let client: UserPoolClient
  let typedUsername: String
  let metadata: [String: String]
  let newSRP: @Sendable () -> SRPClient

  /// The name that the pool itself uses, once it has told it.
  var username: String
  var device: RememberedDevice?
  /// Finds the device once the pool has told its own name for the user; asked once in a sign-in.
  var deviceFinder: DeviceFinder?
  var deviceWasForgotten = false
  var method: SignInMethod?
  var password: Secret?
  /// The exchange whose A has been sent and whose B is awaited.
  var srp: SRPClient?
  var session: String?
  var challenge: Challenge?
  /// Set between AssociateSoftwareToken and the first code.
  var isSettingUpToken = false
  /// Set while a factor of SELECT_CHALLENGE waits for the password.
  var pendingFactor: FirstFactor?
  /// Set when a password factor is preferred but no password was given: it is asked for before the service is, which
  /// wants both at once.
  private var preferredFactor: FirstFactor?
  /// What goes with it.
  private var stepUp: StepUp?
  private var isBusy = false

  init(
    client: UserPoolClient, username: String, device: RememberedDevice? = nil, deviceFinder: DeviceFinder? = nil,
    metadata: [String: String], newSRP: @escaping @Sendable () -> SRPClient
  ) {
    self.client = client
    typedUsername = username
    self.username = username
    self.device = device
    self.deviceFinder = deviceFinder
    self.metadata = metadata
    self.newSRP = newSRP
  }

  /// Begins, or begins anew.
  ///
  /// - Returns: the next step.
  /// - Throws: ``CognitoError``. ``CognitoError/Code/userNotConfirmed`` leads to confirming the sign-up,
  ///   ``CognitoError/Code/passwordResetRequired`` to the forgotten-password flow.
  public func start(_ method: SignInMethod) async throws(CognitoError) -> SignInStep {
    guard (1...128).contains(typedUsername.unicodeScalars.count) else {
      throw CognitoError(.invalidInput, "A user name has 1 to 128 characters.")
    }
    return try await alone {
      if case .choice(let factor?, nil, nil, let stepUp) = method, factor == .password || factor == .passwordSRP {
        preferredFactor = factor
        self.stepUp = stepUp
        challenge = nil
        return .password
      }
      preferredFactor = nil
      return try await begin(method)
    }
  }

  private func begin(_ method: SignInMethod) async throws(CognitoError) -> SignInStep {
    self.method = method
    password = method.password
    username = typedUsername
    (srp, session, challenge, pendingFactor) = (nil, nil, nil, nil)
    isSettingUpToken = false
    // These send all they have in one request, before the pool has told its name for the user.
    if method.sendsPassword { try await findDevice() }
    return try await proceed(with: forgettingUnknownDevice { try await initiate(method) })
  }

  /// Answers the last step.
  ///
  /// - Returns: the next step.
  /// - Throws: ``CognitoError/Code/unexpectedAnswer`` when the answer doesn't fit the step; the service's refusals, of
  ///   which ``CognitoError/Code/asksAgain`` tells whether the same step may be answered again.
  public func respond(_ answer: SignInAnswer) async throws(CognitoError) -> SignInStep {
    try await alone {
      // A wrong password can be typed again as long as it is what is asked for.
      if let preferredFactor, challenge.map({ $0.name == "PASSWORD_VERIFIER" }) ?? true,
        case .password(let password) = answer
      {
        return try await begin(.choice(preferred: preferredFactor, password: password, stepUp: stepUp))
      }
      guard let challenge else { throw CognitoError(.unexpectedAnswer, "There is nothing to answer: start first.") }
      return try await take(answer, to: challenge)
    }
  }

  /// An actor lets a second call in while the first waits for the network; a machine must not.
  private func alone(_ body: () async throws -> SignInStep) async throws(CognitoError) -> SignInStep {
    guard !isBusy else { throw CognitoError(.unexpectedAnswer, "This sign-in is waiting for the service already.") }
    isBusy = true
    defer { isBusy = false }
    do {
      return try await body()
    } catch {
      throw CognitoError(ofCallback: error)
    }
  }

  /// Answers by itself what needs no user, until it does or is done.
  func proceed(with answer: JSONValue) async throws(CognitoError) -> SignInStep {
    var answer = try AuthenticationAnswer(answer)
    // Password, device and one more: a server that never stops asking is refused.
    for _ in 0..<8 {
      switch answer {
      case .tokens(let result): return .done(try await finish(result))
      case .challenge(let challenge):
        adopt(challenge)
        if challenge.name == "PASSWORD_VERIFIER" { try await findDevice() }
        if let output = try await automaticResponse(to: challenge) {
          answer = try AuthenticationAnswer(output)
        } else {
          return try await present(challenge)
        }
      }
    }
    throw CognitoError(.malformedResponse, "The service asks the same again and again.")
  }

  private func adopt(_ challenge: Challenge) {
    self.challenge = challenge
    session = challenge.session
    isSettingUpToken = false
    if let name = challenge.parameters["USERNAME"] ?? challenge.parameters["USER_ID_FOR_SRP"], !name.isEmpty {
      username = name
    }
  }

  /// The device that is kept under the name as it is known now.
  private func findDevice() async throws(CognitoError) {
    guard let deviceFinder, device == nil else { return }
    let key = DeviceStorageKey(pool: client.pool, username: username)
    device = try await CognitoError.typed { try await deviceFinder(key) }
    self.deviceFinder = nil
  }

  /// The step for the caller, with what can be prepared for it.
  private func present(_ challenge: Challenge) async throws(CognitoError) -> SignInStep {
    guard let step = try challenge.step() else {
      throw CognitoError(.malformedResponse, "The challenge \(challenge.name) is out of place.")
    }
    switch step {
    // With one choice there is nothing to ask.
    case .setUpMFA([.softwareToken]): return try await associateSoftwareToken()
    default: return step
    }
  }

  private func finish(_ result: AuthenticationResult) async throws(CognitoError) -> SignInResult {
    let tokens = try await client.tokenSet(result, deviceKey: result.newDevice?.key ?? device?.key)
    var wanted: StepUp?
    if case .choice(_, _, _, let stepUp) = method { wanted = stepUp }
    // The method holds the password as well: nothing of it stays.
    (method, password, srp, session, challenge) = (nil, nil, nil, nil, nil)
    if let wanted { try await check(tokens, against: wanted) }
    return SignInResult(tokens: tokens, newDevice: result.newDevice, deviceWasForgotten: deviceWasForgotten)
  }
}

extension UserPoolClient {
  /// Begins a sign-in.
  ///
  /// - Parameters:
  ///   - username: the user's name, or an alias that the pool allows, as it was typed. The pool's own name for the user
  ///     is in the result: ``TokenSet/username``.
  ///   - device: this machine as the user's remembered device, if it is one: it may stand in for the second factor.
  ///   - metadata: handed to the pool's own code (ClientMetadata).
  public func signIn(
    _ username: String, device: RememberedDevice? = nil, metadata: [String: String] = [:]
  ) -> SignIn {
    SignIn(client: self, username: username, device: device, metadata: metadata) { SRPClient() }
  }

  /// Begins a sign-in whose remembered device is looked up by the pool's own name for the user, which is known only
  /// after the pool's first answer: what was typed may be an alias.
  ///
  /// - Parameters:
  ///   - username: the user's name, or an alias that the pool allows, as it was typed.
  ///   - metadata: handed to the pool's own code (ClientMetadata).
  ///   - device: gives what is kept under the key, if anything is. Asked once. With a method that sends the password the
  ///     pool says nothing before it has all, so the key has the name that was typed.
  public func signIn(
    _ username: String, metadata: [String: String] = [:],
    device: @escaping @Sendable (DeviceStorageKey) async throws -> RememberedDevice?
  ) -> SignIn {
    SignIn(client: self, username: username, deviceFinder: device, metadata: metadata) { SRPClient() }
  }
}
