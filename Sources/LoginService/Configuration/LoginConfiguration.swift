import Cognito

/// What /etc/cognito-login/cognito-login.conf says, checked.
package struct LoginConfiguration: Sendable {
  package let pool: Pool
  package let login: Login

  /// `[pool]`: which user pool decides.
  package struct Pool: Sendable {
    package let userPoolID: String
    package let clientID: String
    package let clientSecret: Secret?
    package let region: String
    /// Where the service answers, if not at AWS.
    package let endpoint: String?
    /// What stands in `iss`, if not AWS's own.
    package let issuer: String?
    /// Certificates to trust in place of the system's (PEM file).
    package let caFile: String?
  }

  /// `[login]`: who becomes whom on this machine.
  package struct Login: Sendable {
    package let allowed: AllowedGroups
    package let groupMap: GroupMap
    package let ids: AccountIDRange
    package let homePrefix: String
    package let shell: String
    /// Whether a name that root never made known may sign in.
    package let allowUnknown: Bool
    /// Whether such a name may do without a dot and an @.
    package let plainNames: Bool
    /// Programs that only ask again who sits there: their sign-ins give no tokens away.
    package let reauthenticationServices: Set<String>
    package let signOut: SignOut
    package let passwordReset: PasswordReset
    package let rememberDevice: RememberDevice
    /// Whether an account may be confirmed by the code of its sign-up, in a sign-in.
    package let accountConfirmation: Bool
    package let name: LoginNameRule
    /// What programs want beyond what all want, by their name in PAM.
    package let services: [String: ServicePolicy]
    /// What all others want.
    package let standard: ServicePolicy

    /// What a program wants. sudo and su have a second name in PAM for their login shells (sudo-i, su-l, runuser-l): what
    /// is written about the first goes for the second too, unless that has a section of its own.
    package func policy(for service: String) -> ServicePolicy {
      if let own = services[service] { return own }
      guard ["-i", "-l"].contains(where: service.hasSuffix) else { return standard }
      return services[String(service.dropLast(2))] ?? standard
    }
  }

  /// `allow_groups`: in which groups of the pool a person must be. There is no default: silence would let everybody in.
  package enum AllowedGroups: Sendable, Equatable {
    case everybody
    case anyOf(Set<String>)

    package func admits(_ groups: Set<String>) -> Bool {
      switch self {
      case .everybody: true
      case .anyOf(let allowed): !allowed.isDisjoint(with: groups)
      }
    }
  }

  /// `password_reset`: who may set a new password by a code, in a sign-in.
  package enum PasswordReset: String, Sendable, CaseIterable {
    case no
    /// Who is on this machine, or at one of its consoles.
    case local
    /// Also who comes by ssh. sshd keeps what is typed for a name that the machine doesn't know: only names that it knows
    /// can be asked for a code, which tells them apart.
    case yes
  }

  /// `remember_device`: whether this machine may stand for the second factor of who has shown it once, from the same place.
  package enum RememberDevice: String, Sendable, CaseIterable {
    case no, yes
    /// As the person says, each time that a code was asked for.
    case ask
  }

  /// `sign_out`: what becomes of tokens that the daemon still holds when their session ends.
  package enum SignOut: String, Sendable, CaseIterable {
    /// Forgotten, but valid until they expire.
    case forget
    /// The refresh token, and all access tokens made from it, are revoked.
    case revoke
    /// Every session of the person, on every device, is ended.
    case global
  }
}
