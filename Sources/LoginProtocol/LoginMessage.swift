/// Every message of the login protocol. Its description never holds a secret.
package enum LoginMessage: Sendable, Equatable {
  // pam_cognito.so → cognito-logind
  case begin(Begin)
  case answer(SecretBytes)
  case cancel

  // cognito-logind → pam_cognito.so
  case prompt(Prompt)
  case info(String)
  case error(String)
  case result(Outcome)

  // any user's collector → cognito-logind
  /// "Is there a login of my uid to collect?" → `lease` or `nothing`
  case collect
  /// "Its tokens are stored: forget them" → `done`
  case stored(LeaseID)
  /// "My session is over" → `done`
  case signOut

  // root → cognito-logind
  /// `poolUser`: what the pool is asked for, if the name doesn't say so itself → `report` with what root should know
  case loginAdd(LoginName, poolUser: String? = nil)
  case loginRemove(LoginName)
  case loginList(after: LoginName?)
  case status
  /// "Forget the wrong answers counted for this name, and end a lock of mine" → `done`
  case loginUnlock(LoginName)
  /// "Let nobody in by this name" → `done`
  case loginLock(LoginName)
  /// "Forget whose account this is" → `done`
  case loginForget(LoginName)
  /// → `report`
  case loginSessions
  /// "Say step by step what a sign-in for this program would come to": a conversation, as after `begin`
  case loginTest(LoginName, service: String)

  // cognito-logind → collector and root
  /// A login's tokens as JSON: id_token, access_token, refresh_token, device_key?, username, user_pool_id, client_id,
  /// endpoint?, issuer?, region, expires_at.
  case lease(LeaseID, document: SecretBytes)
  case nothing
  case done
  /// A JSON array of logins, in rising order of name; `more`: ask again after the last one.
  case logins(document: String, more: Bool)
  /// The daemon's state as a JSON object.
  case report(document: String)
  case refused(Refusal)

  package var type: MessageType {
    switch self {
    case .begin: .begin
    case .answer: .answer
    case .cancel: .cancel
    case .prompt: .prompt
    case .info: .info
    case .error: .error
    case .result: .result
    case .collect: .collect
    case .stored: .stored
    case .signOut: .signOut
    case .loginAdd: .loginAdd
    case .loginRemove: .loginRemove
    case .loginList: .loginList
    case .status: .status
    case .loginUnlock: .loginUnlock
    case .loginLock: .loginLock
    case .loginForget: .loginForget
    case .loginSessions: .loginSessions
    case .loginTest: .loginTest
    case .lease: .lease
    case .nothing: .nothing
    case .done: .done
    case .logins: .logins
    case .report: .report
    case .refused: .refused
    }
  }
}
