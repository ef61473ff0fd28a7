import Cognito

/// The user pool as a conversation needs it. Errors are `CognitoError`; every call ends by a deadline of its own.
package protocol PoolAuthority: Sendable {
  /// Starts a sign-in with a password. A wrong one throws.
  ///
  /// - Parameters:
  ///   - user: what the pool knows the person by: a user name or an alias
  ///   - device: this machine as a device of the person's, if it is one
  ///   - levels: which levels of authentication will do (`acr`), the highest first; none to leave that to the pool.
  ///     What was reached stands in the token alone.
  func signIn(
    _ user: String, password: Secret, levels: [String], device: DeviceStore.Entry?
  ) async throws -> SignInStage
  /// The pool's own name for somebody, or what it makes up for a name that nobody has.
  func nameInPool(_ user: String) async throws -> String
  /// Whether a person can write an attribute of their own, tried with the value that it has.
  func canWrite(_ attribute: String, value: String, _ tokens: LoginTokens) async throws -> Bool
  /// Checks the tokens' signatures and claims, and says whose they are.
  func verify(_ tokens: LoginTokens) async throws -> PoolIdentity
  /// What root should know about names that are taken from a claim, as far as it can be found out.
  func findings(about rule: LoginNameRule) async -> [String]
  /// Sends a code with which somebody who has forgotten their password can set a new one.
  func sendResetCode(to user: String) async throws
  func resetPassword(of user: String, code: Secret, to password: Secret) async throws
  /// Sends the code of a sign-up once more.
  func sendConfirmationCode(to user: String) async throws
  func confirmAccount(of user: String, code: Secret) async throws
  func changePassword(_ tokens: LoginTokens, from previous: Secret, to proposed: Secret) async throws
  /// Confirms the device that the pool has made for this sign-in: without that it renews none of these tokens.
  ///
  /// - Parameters:
  ///   - name: what the person sees in their list of devices
  ///   - isRemembered: whether it may stand for a second factor from now on
  /// - Returns: what proves it then; nil if it isn't remembered.
  func confirmDevice(_ tokens: LoginTokens, name: String, isRemembered: Bool) async throws -> RememberedDevice?
  /// Revokes the refresh token, and with it the access tokens made from it; a device made for them is forgotten.
  func revoke(_ tokens: LoginTokens) async throws
  /// Ends every session of the person.
  func signOutEverywhere(_ tokens: LoginTokens) async throws
}

/// Where a sign-in stands.
package enum SignInStage: Sendable {
  /// The pool wants something more.
  case asks(SignInQuestion, any OngoingSignIn)
  case done(LoginTokens)
}

/// What the pool wants to know.
package enum SignInQuestion: Sendable, Equatable {
  /// A code of the authenticator app.
  case authenticatorCode
  /// A code that was sent, by `medium` ("SMS", "e-mail") to a masked address.
  case sentCode(medium: String, destination: String?)
  /// One of several factors; to be answered with its place, counted from 0.
  case choice([String])
  /// The same, of factors that are still to be set up.
  case setUpChoice([String])
  /// The pool wants a second factor, and takes none that could be given here.
  case impossible
  /// A new password, with attributes that the pool lacks (by their Cognito names).
  case newPassword(missing: [String])
  /// An authenticator app must be set up with this secret (base32) before going on; to be answered with its first code.
  case authenticatorSetUp(secret: Secret, issuer: String)
  /// Codes are to go to an e-mail address, which must be given.
  case emailSetUp
}

extension SignInQuestion {
  /// Whether an answer changes by what the person signs in from then on.
  var setsUpAFactor: Bool {
    switch self {
    case .authenticatorSetUp, .emailSetUp, .setUpChoice: true
    default: false
    }
  }
}

package enum SignInReply: Sendable {
  case code(Secret)
  case choice(Int)
  case newPassword(Secret, attributes: [String: String])
  case email(String)
}

/// A sign-in that waits for an answer. After a wrong code it may be answered again, until the pool has enough.
package protocol OngoingSignIn: Sendable {
  func answer(_ answer: SignInReply) async throws -> SignInStage
}

/// The tokens of a complete sign-in.
package struct LoginTokens: Sendable {
  package let idToken: Secret
  package let accessToken: Secret
  package let refreshToken: Secret?
  /// The pool's own name for the person, which renewal needs; not what was typed.
  package let username: String
  /// `sub`, which never changes.
  package let subject: String
  /// The device that the sign-in is bound to, which renewal needs.
  package let deviceKey: String?
  /// That device, when the pool has just made it for this sign-in. It ends with these tokens.
  package private(set) var newDevice: NewDevice?
  /// Whether the pool no longer knows the device that was shown.
  package let deviceWasForgotten: Bool
  /// When each of the two tokens expires, in seconds since 1970.
  package let accessExpiresAt: Int64
  package let idExpiresAt: Int64

  package init(
    idToken: Secret, accessToken: Secret, refreshToken: Secret?, username: String, subject: String,
    deviceKey: String? = nil, newDevice: NewDevice? = nil, deviceWasForgotten: Bool = false, accessExpiresAt: Int64,
    idExpiresAt: Int64
  ) {
    self.idToken = idToken
    self.accessToken = accessToken
    self.refreshToken = refreshToken
    self.username = username
    self.subject = subject
    self.deviceKey = deviceKey
    self.newDevice = newDevice
    self.deviceWasForgotten = deviceWasForgotten
    self.accessExpiresAt = accessExpiresAt
    self.idExpiresAt = idExpiresAt
  }

  /// The same, of a device that outlives them.
  func onLastingDevice() -> LoginTokens {
    var tokens = self
    tokens.newDevice = nil
    return tokens
  }
}
