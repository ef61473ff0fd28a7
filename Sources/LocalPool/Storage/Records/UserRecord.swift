import FoundationEssentials

/// `UserStatusType`.
package enum AccountStatus: String, Sendable, Codable {
  case unconfirmed = "UNCONFIRMED"
  case confirmed = "CONFIRMED"
  case resetRequired = "RESET_REQUIRED"
  case forceChangePassword = "FORCE_CHANGE_PASSWORD"
  case externalProvider = "EXTERNAL_PROVIDER"
  case archived = "ARCHIVED"
  case compromised = "COMPROMISED"
  case unknown = "UNKNOWN"
}

/// A name and its value, as `AttributeType`.
package struct AttributeRecord: Sendable, Codable, Equatable {
  package var name: String
  package var value: String

  package init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

/// What the pool keeps of a password: SRP's salt and verifier, from which it can't be read back.
package struct PasswordVerifier: Sendable, Codable, Equatable {
  /// Big-endian bytes, no padding.
  package let salt: [UInt8]
  /// g^x mod N, big-endian bytes, no padding.
  package let verifier: [UInt8]

  package init(salt: [UInt8], verifier: [UInt8]) {
    self.salt = salt
    self.verifier = verifier
  }
}

/// A user's second factors.
package struct MFASettings: Sendable, Codable, Equatable {
  package var smsEnabled = false
  package var softwareTokenEnabled = false
  package var emailEnabled = false
  /// Whether a passkey with user verification stands for both factors; nil in records of before there were passkeys.
  package var passkeyEnabled: Bool?
  /// `SMS_MFA`, `SOFTWARE_TOKEN_MFA`, `EMAIL_OTP`.
  package var preferred: String?
  /// The shared key of TOTP (raw bytes), once VerifySoftwareToken has accepted a code from it.
  package var softwareTokenSecret: [UInt8]?
  /// The key that AssociateSoftwareToken gave out last, until VerifySoftwareToken has accepted a code from it.
  package var pendingSoftwareTokenSecret: [UInt8]?
  package var softwareTokenName: String?
  /// The time step of the last code that was accepted: that code and every older one are refused.
  package var lastSoftwareTokenStep: Int64?

  package init() {}

  /// Takes a new key of which a code was accepted, the one of this time step.
  mutating func acceptSoftwareToken(_ secret: [UInt8], name: String?, step: Int64) {
    softwareTokenSecret = secret
    softwareTokenName = name
    lastSoftwareTokenStep = step
  }
}

/// Failed password sign-ins of a user, for the doubling lock.
package struct Lockout: Sendable, Equatable {
  package var failures: Int
  package var lastFailureAt: Date?
  package var lockedUntil: Date?

  package static let none = Lockout(failures: 0, lastFailureAt: nil, lockedUntil: nil)

  package init(failures: Int, lastFailureAt: Date?, lockedUntil: Date?) {
    self.failures = failures
    self.lastFailureAt = lastFailureAt
    self.lockedUntil = lockedUntil
  }
}

/// A user.
package struct UserRecord: Sendable {
  /// The row: joins only, never shown.
  package internal(set) var id: Int64 = 0
  package let poolID: String
  package let sub: String
  package let username: String
  package var status: AccountStatus
  package var isEnabled = true
  /// In the order given, `sub` not among them.
  package var attributes: [AttributeRecord]
  package var password: PasswordVerifier?
  package var passwordSetAt: Date?
  /// Newest first, the present password not among them.
  package var passwordHistory: [PasswordVerifier] = []
  package var mfa = MFASettings()
  package var lockout = Lockout.none
  /// Tokens issued up to here without an `origin_jti` are void (GlobalSignOut).
  package var signedOutAt: Date?
  package let createdAt: Date
  package var modifiedAt: Date

  package init(
    poolID: String, sub: String, username: String, status: AccountStatus, attributes: [AttributeRecord], createdAt: Date
  ) {
    self.poolID = poolID
    self.sub = sub
    self.username = username
    self.status = status
    self.attributes = attributes
    self.createdAt = createdAt
    modifiedAt = createdAt
  }

  /// The value of an attribute (`sub` included); setting nil removes it.
  package subscript(attribute: String) -> String? {
    get { attribute == "sub" ? sub : attributes.first { $0.name == attribute }?.value }
    set {
      let index = attributes.firstIndex { $0.name == attribute }
      switch (index, newValue) {
      case (let index?, let value?): attributes[index].value = value
      case (let index?, nil): attributes.remove(at: index)
      case (nil, let value?): attributes.append(AttributeRecord(name: attribute, value: value))
      case (nil, nil): break
      }
    }
  }
}
