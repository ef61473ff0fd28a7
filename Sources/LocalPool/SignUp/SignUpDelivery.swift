/// Which of a new user's addresses is verified by the code of their sign-up.
enum SignUpDelivery {
  /// The first of the attributes that the pool verifies by itself; the phone number before the e-mail address, as on AWS.
  static func of(_ user: UserRecord, in pool: PoolRecord) -> CodeDestination? {
    let verified = pool.settings.autoVerifiedAttributes ?? []
    for attribute in ["phone_number", "email"] where verified.contains(attribute) {
      if let delivery = CodeDestination(to: attribute, of: user) { return delivery }
    }
    return nil
  }
}
