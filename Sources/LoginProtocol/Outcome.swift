/// The end of a conversation. Only `code == .success`, with the operation and the user of `Begin`, means success.
package struct Outcome: Sendable, Equatable {
  package let operation: Hook
  package let user: LoginName
  package let code: Code
  /// With the success of `changeCheck` only: 16 to 64 bytes that the module shows again for `changeUpdate`.
  package let ticket: SecretBytes?

  package init(_ code: Code, for begin: Begin, ticket: SecretBytes? = nil) {
    self.init(operation: begin.operation, user: begin.user, code: code, ticket: ticket)
  }

  package init(operation: Hook, user: LoginName, code: Code, ticket: SecretBytes? = nil) {
    self.operation = operation
    self.user = user
    self.code = code
    self.ticket = ticket
  }

  /// What each code becomes in the calling program stands in pam_cognito(8).
  package enum Code: UInt8, Sendable, CaseIterable {
    case success = 1
    /// Wrong password or code (`PAM_AUTH_ERR`).
    case denied = 2
    /// Not a user of ours: other modules decide (`PAM_USER_UNKNOWN`, in account and session hooks `PAM_IGNORE`).
    case unknownUser = 3
    /// The pool can't be reached (`PAM_AUTHINFO_UNAVAIL`).
    case unavailable = 4
    /// Too many attempts (`PAM_MAXTRIES`).
    case maxTries = 5
    /// The account is disabled (`PAM_ACCT_EXPIRED`).
    case expired = 6
    /// The policy of this machine says no (`PAM_PERM_DENIED`).
    case notPermitted = 7
    /// Account hook: the password has to be changed first (`PAM_NEW_AUTHTOK_REQD`).
    case newPasswordNeeded = 8
    /// Password change: not now (`PAM_TRY_AGAIN`).
    case tryAgain = 9
    /// Password change: the pool refuses the new password (`PAM_AUTHTOK_ERR`).
    case passwordRefused = 10
    /// Anything else that went wrong (`PAM_SYSTEM_ERR`).
    case failed = 11
  }
}
