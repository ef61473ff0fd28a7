import Cognito
import LoginProtocol
import LoginService
import Synchronization

/// A user pool in memory that does what a test says.
final class FakePool: PoolAuthority {
  struct Person {
    var password: String
    var subject = "sub-1"
    var groups: Set<String> = ["staff"]
    var code: String?
    /// What the pool says to every code, if not whether it is the right one.
    var codeRefusal: CognitoError?
    var isTemporary = false
    var missing: [String] = []
    /// The reset code, once one was sent.
    var resetCode: String?
    /// The password was reset by an administrator.
    var mustReset = false
    /// The code that confirms the account; nil: it is confirmed.
    var confirmationCode: String?
    /// What is asked after the password in place of a code, to be answered by anything once.
    var question: SignInQuestion?
    /// An attribute's value that the pool refuses.
    var badValue: String?
    /// What the pool calls the person, if not by the name typed.
    var username: String?
    /// Claims of the id token beside those.
    var claims: [String: JSONValue] = [:]
    /// Attributes that the app client's users can write.
    var writable: Set<String> = []
    /// Made for each sign-in, in a pool that tracks devices.
    var device: NewDevice?
    /// The device that stands for the code.
    var rememberedKey: String?
  }

  private struct State {
    var people: [String: Person] = [:]
    var signInError: (any Error)?
    var verifyError: (any Error)?
    var changeError: (any Error)?
    var hangs = false
    var signIns = 0
    var confirmError: (any Error)?
    var confirmHangs = false
    var confirmFailures = 0
    var deviceNames: [String] = []
    var shown: [String?] = []
    var confirmed: [String] = []
    var revoked: [String] = []
    var signedOut: [String] = []
    var made = 0
    var asked: [String] = []
    var levels: [[String]] = []
    var findings: [String] = []
    var writeError: (any Error)?
    var sent: [String] = []
    var recoveryError: (any Error)?
  }

  private let state = Mutex(State())

  func add(_ name: String, _ person: Person) { state.withLock { $0.people[name] = person } }
  func fail(signIn error: (any Error)?) { state.withLock { $0.signInError = error } }
  func fail(verify error: (any Error)?) { state.withLock { $0.verifyError = error } }
  func fail(change error: (any Error)?) { state.withLock { $0.changeError = error } }
  func fail(confirm error: (any Error)?) { state.withLock { $0.confirmError = error } }
  /// The next confirmations of devices fail.
  func failConfirming(times: Int) { state.withLock { $0.confirmFailures = times } }
  /// Under which names devices were confirmed.
  var deviceNames: [String] { state.withLock { $0.deviceNames } }
  /// Which device was shown, at each sign-in.
  var shownDevices: [String?] { state.withLock { $0.shown } }
  func forgetDevice(of name: String) { state.withLock { $0.people[name]?.rememberedKey = nil } }
  func hangConfirming() { state.withLock { $0.confirmHangs = true } }
  /// Whatever resets a password or confirms an account fails.
  func fail(recovery error: (any Error)?) { state.withLock { $0.recoveryError = error } }
  func hang() { state.withLock { $0.hangs = true } }
  func password(of name: String) -> String? { state.withLock { $0.people[name]?.password } }
  /// How often somebody's password was put to the pool.
  var signIns: Int { state.withLock { $0.signIns } }
  /// Devices that were confirmed.
  var confirmed: [String] { state.withLock { $0.confirmed } }
  /// Refresh tokens that were revoked.
  var revoked: [String] { state.withLock { $0.revoked } }
  var signedOut: [String] { state.withLock { $0.signedOut } }

  func signIn(
    _ user: String, password: Secret, levels: [String], device: DeviceStore.Entry?
  ) async throws -> SignInStage {
    if state.withLock({ $0.hangs }) {
      // Deaf to cancellation, as a library may be.
      await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
    }
    let person = try state.withLock { state in
      state.signIns += 1
      if let error = state.signInError { throw error }
      state.asked.append(user)
      state.levels.append(levels)
      // By an alias, or by the pool's own name.
      return state.people[user].map { (user, $0) } ?? state.people.first { $0.value.username == user }
    }
    // As on AWS: before the password is looked at.
    if person?.1.confirmationCode != nil { throw CognitoError(.userNotConfirmed, "User is not confirmed.") }
    if person?.1.mustReset == true {
      throw CognitoError(.passwordResetRequired, "Password reset required for the user")
    }
    guard let (name, person) = person, Secret(utf8: person.password) == password else {
      throw CognitoError(.notAuthorized, "Incorrect username or password.")
    }
    state.withLock { $0.shown.append(device?.device.key) }
    let isKnown = device != nil && device?.device.key == person.rememberedKey
    return FakeSignIn(pool: self, name: name, person: person, isOnKnownDevice: isKnown).next(
      code: isKnown ? nil : person.code, isTemporary: person.isTemporary)
  }

  fileprivate func tokens(_ name: String, isOnKnownDevice: Bool) -> LoginTokens {
    let (number, person) = state.withLock { state in
      state.made += 1
      return (state.made, state.people[name])
    }
    return LoginTokens(
      idToken: Secret(utf8: "id.\(name).\(number)"), accessToken: Secret(utf8: "access.\(name).\(number)"),
      refreshToken: Secret(utf8: "refresh.\(name).\(number)"), username: person?.username ?? name,
      subject: person?.subject ?? "", deviceKey: person?.device?.key, newDevice: isOnKnownDevice ? nil : person?.device,
      deviceWasForgotten: state.withLock { $0.shown.last ?? nil } != nil && !isOnKnownDevice,
      accessExpiresAt: 2_000_000_000, idExpiresAt: 2_000_000_600)
  }

  fileprivate func set(password: String, of name: String) {
    state.withLock {
      $0.people[name]?.password = password
      $0.people[name]?.isTemporary = false
    }
  }

  func verify(_ tokens: LoginTokens) async throws -> PoolIdentity {
    try state.withLock { state in
      if let error = state.verifyError { throw error }
      let name = Self.owner(tokens.idToken)
      guard let person = state.people[name] else { throw CognitoError(.tokenMalformed, "no such token") }
      return PoolIdentity(
        subject: person.subject, username: person.username ?? name, groups: person.groups,
        claims: .object(person.claims))
    }
  }

  func sendResetCode(to user: String) async throws {
    try state.withLock { state in
      state.sent.append(user)
      if let error = state.recoveryError { throw error }
      guard state.people[user] != nil else { throw CognitoError(.userNotFound, "no") }
      state.people[user]?.resetCode = "424242"
    }
  }

  func resetPassword(of user: String, code: Secret, to password: Secret) async throws {
    try state.withLock { state in
      if let error = state.recoveryError { throw error }
      guard password.count >= 8 else { throw CognitoError(.invalidPassword, "Password not long enough") }
      guard let right = state.people[user]?.resetCode, code == Secret(utf8: right) else {
        throw CognitoError(.codeMismatch, "Invalid verification code provided, please try again.")
      }
      state.people[user]?.password = password.revealed() ?? ""
      state.people[user]?.resetCode = nil
      state.people[user]?.mustReset = false
    }
  }

  func sendConfirmationCode(to user: String) async throws { state.withLock { $0.sent.append(user) } }

  func confirmAccount(of user: String, code: Secret) async throws {
    try state.withLock { state in
      if let error = state.recoveryError { throw error }
      guard let right = state.people[user]?.confirmationCode, code == Secret(utf8: right) else {
        throw CognitoError(.codeMismatch, "Invalid verification code provided, please try again.")
      }
      state.people[user]?.confirmationCode = nil
    }
  }

  /// To whom codes were sent.
  var sent: [String] { state.withLock { $0.sent } }

  func changePassword(_ tokens: LoginTokens, from previous: Secret, to proposed: Secret) async throws {
    try state.withLock { state in
      if let error = state.changeError { throw error }
      let name = Self.owner(tokens.accessToken)
      guard state.people[name]?.password == previous.revealed() else {
        throw CognitoError(.notAuthorized, "Incorrect username or password.")
      }
      guard proposed.count >= 8 else { throw CognitoError(.invalidPassword, "Password not long enough") }
      state.people[name]?.password = proposed.revealed() ?? ""
    }
  }

  /// Whose token of ours it is: between the kind and the number.
  private static func owner(_ token: Secret) -> String {
    (token.revealed() ?? "").split(separator: ".").dropFirst().dropLast().joined(separator: ".")
  }

  func nameInPool(_ user: String) async throws -> String {
    try state.withLock { state in
      if let error = state.signInError { throw error }
      guard let person = state.people[user] else { throw CognitoError(.userNotFound, "User does not exist.") }
      return person.username ?? user
    }
  }

  func canWrite(_ attribute: String, value: String, _ tokens: LoginTokens) async throws -> Bool {
    try state.withLock { state in
      if let error = state.writeError { throw error }
      return state.people[Self.owner(tokens.accessToken)]?.writable.contains(attribute) ?? false
    }
  }

  func findings(about rule: LoginNameRule) async -> [String] { state.withLock { $0.findings } }
  func tell(_ findings: [String]) { state.withLock { $0.findings = findings } }
  func fail(write error: (any Error)?) { state.withLock { $0.writeError = error } }
  /// For whom the pool was asked with a password.
  var asked: [String] { state.withLock { $0.asked } }

  /// Which levels were asked for, at each sign-in.
  var levels: [[String]] { state.withLock { $0.levels } }

  func confirmDevice(
    _ tokens: LoginTokens, name: String, isRemembered: Bool
  ) async throws -> RememberedDevice? {
    let (error, hangs) = state.withLock { state in
      defer { if state.confirmFailures > 0 { state.confirmFailures -= 1 } }
      return (state.confirmFailures > 0 ? CognitoError(.network, "lost") : state.confirmError, state.confirmHangs)
    }
    if hangs { await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in } }
    if let error { throw error }
    return state.withLock { state in
      guard let device = tokens.newDevice else { return nil }
      state.confirmed.append(device.key)
      state.deviceNames.append(name)
      guard isRemembered else { return nil }
      state.people[Self.owner(tokens.idToken)]?.rememberedKey = device.key
      return RememberedDevice(key: device.key, groupKey: device.groupKey, password: Secret(utf8: "device secret"))
    }
  }

  func revoke(_ tokens: LoginTokens) async throws {
    state.withLock { $0.revoked.append(tokens.refreshToken?.revealed() ?? "") }
  }

  func signOutEverywhere(_ tokens: LoginTokens) async throws {
    state.withLock { $0.signedOut.append(tokens.accessToken.revealed() ?? "") }
  }
}

private struct FakeSignIn: OngoingSignIn {
  let pool: FakePool
  let name: String
  let person: FakePool.Person
  var isOnKnownDevice = false

  func next(code: String?, isTemporary: Bool) -> SignInStage {
    if code != nil { return .asks(person.question ?? .authenticatorCode, self) }
    if isTemporary { return .asks(.newPassword(missing: person.missing), self) }
    return .done(pool.tokens(name, isOnKnownDevice: isOnKnownDevice))
  }

  func answer(_ answer: SignInReply) async throws -> SignInStage {
    switch answer {
    case .code(let code):
      if let refusal = person.codeRefusal { throw refusal }
      guard code.revealed() == person.code else { throw CognitoError(.codeMismatch, "Code mismatch") }
      return next(code: nil, isTemporary: person.isTemporary)
    case .newPassword(let password, let attributes):
      guard password.count >= 8 else { throw CognitoError(.invalidPassword, "Password not long enough") }
      guard person.badValue.map({ !attributes.values.contains($0) }) ?? true else {
        throw CognitoError(.invalidParameter, "Invalid phone number format.")
      }
      guard Set(person.missing).isSubset(of: attributes.keys) else {
        throw CognitoError(.invalidParameter, "Attributes are missing.")
      }
      pool.set(password: password.revealed() ?? "", of: name)
      return next(code: nil, isTemporary: false)
    case .email(let address):
      guard address.utf8.contains(UInt8(ascii: "@")) else { throw CognitoError(.invalidParameter, "Invalid email") }
      return .asks(.sentCode(medium: "e-mail", destination: "a***@e***"), self)
    case .choice: return .asks(.authenticatorCode, self)
    }
  }
}
