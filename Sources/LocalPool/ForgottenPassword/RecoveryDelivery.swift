/// By which way a user may get a code for a forgotten password.
package enum RecoveryDelivery {
  static let noneText =
    "Cannot reset password for the user as there is no registered/verified email or phone_number"

  /// The first of the pool's recovery mechanisms for which the user has a verified address; phone number before e-mail
  /// address in a pool that doesn't say, as AWS does it.
  package static func of(_ user: UserRecord, in pool: PoolRecord) -> CodeDestination? {
    for attribute in attributes(of: pool) where user["\(attribute)_verified"]?.lowercased() == "true" {
      if let delivery = CodeDestination(to: attribute, of: user) { return delivery }
    }
    return nil
  }

  static func attributes(of pool: PoolRecord) -> [String] {
    guard let mechanisms = pool.settings.accountRecoverySetting?.recoveryMechanisms, !mechanisms.isEmpty else {
      return ["phone_number", "email"]
    }
    return mechanisms.sorted { $0.priority < $1.priority }.compactMap { mechanism in
      switch mechanism.name {
      case "verified_email": "email"
      case "verified_phone_number": "phone_number"
      default: nil
      }
    }
  }
}
