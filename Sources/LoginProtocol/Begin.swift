/// What a PAM hook asks for, and of whom it knows what.
package struct Begin: Sendable, Equatable {
  package let operation: Hook
  package let user: LoginName
  /// `PAM_SERVICE`: the program that asks, as "sshd".
  package let service: String
  /// `PAM_TTY`, as the program gave it.
  package let tty: String?
  /// `PAM_RHOST`: where a remote person comes from.
  package let rhost: String?
  /// `PAM_RUSER`: who asks (the caller of `su`).
  package let ruser: String?
  package let flags: Flags
  /// What `changeCheck` gave, shown again for `changeUpdate`.
  package let ticket: SecretBytes?
  /// The real uid of the process that asks: who runs `su`, where the socket's peer is root. nil from an older module.
  package let caller: UInt32?

  package init(
    operation: Hook, user: LoginName, service: String, tty: String? = nil, rhost: String? = nil,
    ruser: String? = nil, flags: Flags = [], ticket: SecretBytes? = nil, caller: UInt32? = nil
  ) {
    self.operation = operation
    self.user = user
    self.service = service
    self.tty = tty
    self.rhost = rhost
    self.ruser = ruser
    self.flags = flags
    self.ticket = ticket
    self.caller = caller
  }

  package struct Flags: OptionSet, Sendable, Equatable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// `PAM_SILENT`: the program wants no messages. The module drops them anyway.
    package static let silent = Flags(rawValue: 1)
    // 2 is `PAM_DISALLOW_NULL_AUTHTOK`, which changes nothing: no account here has an empty password.
    /// `PAM_CHANGE_EXPIRED_AUTHTOK`: change the password only if it has to be changed.
    package static let onlyIfExpired = Flags(rawValue: 4)
  }
}

/// The PAM hook behind a conversation.
package enum Hook: UInt8, Sendable, CaseIterable {
  case authenticate = 1
  case account = 2
  /// `passwd`, first half: is the current password right? Success carries a ticket.
  case changeCheck = 3
  /// `passwd`, second half: set the new one. Comes without a ticket when the first half was skipped.
  case changeUpdate = 4
  case openSession = 5
  case closeSession = 6
}
