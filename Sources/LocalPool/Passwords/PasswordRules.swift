import Cognito
import FoundationEssentials

/// Whether a pool accepts a password: its policy, and its history.
package enum PasswordRules {
  /// What the service counts as a symbol; a blank counts only inside the password.
  private static let symbols = Set("^$*.[]{}()?-\"!@#%&/\\,><':;|_~`+= ".unicodeScalars)

  /// - Throws: InvalidPasswordException, naming the first rule that is broken.
  package static func check(_ password: String, against policy: PasswordPolicySettings) throws(PoolException) {
    let scalars = password.unicodeScalars
    guard password.utf16.count >= policy.minimumLength ?? 8 else { throw broken("Password not long enough") }
    guard password.utf16.count <= 256 else { throw broken("Password too long") }
    guard scalars.first != " ", scalars.last != " " else {
      throw broken("Password must not have leading or trailing blanks")
    }
    if policy.requireNumbers ?? false, !scalars.contains(where: { ("0"..."9").contains($0) }) {
      throw broken("Password must have numeric characters")
    }
    if policy.requireUppercase ?? false, !scalars.contains(where: { ("A"..."Z").contains($0) }) {
      throw broken("Password must have uppercase characters")
    }
    if policy.requireLowercase ?? false, !scalars.contains(where: { ("a"..."z").contains($0) }) {
      throw broken("Password must have lowercase characters")
    }
    if policy.requireSymbols ?? false, !scalars.contains(where: { symbols.contains($0) }) {
      throw broken("Password must have symbol characters")
    }
  }

  /// - Throws: PasswordHistoryPolicyViolationException when the password is the present one or one of the last that the
  ///   pool remembers.
  package static func checkHistory(_ password: Secret, of user: UserRecord, in pool: PoolRecord) throws(PoolException) {
    let remembered = pool.settings.passwordPolicy.passwordHistorySize ?? 0
    guard remembered > 0 else { return }
    let earlier = ([user.password].compactMap { $0 } + user.passwordHistory).prefix(remembered)
    for verifier in earlier where verifier.matches(password, poolName: pool.srpName, userID: user.username) {
      throw PoolException(
        "PasswordHistoryPolicyViolationException", "Password has previously been used and cannot be reused.")
    }
  }

  private static func broken(_ rule: String) -> PoolException {
    .invalidPassword("Password did not conform with policy: \(rule)")
  }
}

extension UserRecord {
  /// Sets the password and moves the present one into the history that the pool's policy asks for.
  ///
  /// - Parameter verifier: made outside of a transaction, for it takes a modular exponentiation.
  package mutating func setPassword(_ verifier: PasswordVerifier, in pool: PoolRecord, at now: Date) {
    let remembered = pool.settings.passwordPolicy.passwordHistorySize ?? 0
    let earlier = ([password].compactMap { $0 } + passwordHistory).prefix(max(remembered, 0))
    passwordHistory = remembered > 0 ? Array(earlier) : []
    password = verifier
    passwordSetAt = now
    modifiedAt = now
  }

  /// Whether a temporary password has outlived the pool's limit.
  package func temporaryPasswordHasExpired(in pool: PoolRecord, at now: Date) -> Bool {
    guard status == .forceChangePassword, let passwordSetAt else { return false }
    let policy = pool.settings.passwordPolicy.temporaryPasswordValidityDays
    let days = policy ?? pool.settings.adminCreateUserConfig?.unusedAccountValidityDays ?? 7
    return now.timeIntervalSince(passwordSetAt) > Double(days) * 86_400
  }
}
