/// A way to show who one is, by its name in `amr`.
enum AuthenticationMethod: String, Codable, Sendable {
  /// A password, by SRP or in clear.
  case password = "pwd"
  /// A code of an authenticator app.
  case softwareToken = "otp"
  case sms
  case email = "email_otp"
  /// A passkey that the device itself keeps.
  case platformPasskey = "swk"
  /// A passkey on a security key.
  case roamingPasskey = "hwk"

  var isPasskey: Bool { self == .platformPasskey || self == .roamingPasskey }
  var isCode: Bool { self == .sms || self == .email }

  /// The highest of Cognito's four levels that the methods reach; nil for none of them.
  ///
  /// 4: password and authenticator app; 3: a passkey, or password and a code that was sent; 2: such a code alone; 1: password.
  static func level(of methods: some Sequence<AuthenticationMethod>) -> Int? {
    let methods = Set(methods)
    let hasPassword = methods.contains(.password)
    if hasPassword, methods.contains(.softwareToken) { return 4 }
    if methods.contains(where: \.isPasskey) { return 3 }
    if methods.contains(where: \.isCode) { return hasPassword ? 3 : 2 }
    return hasPassword ? 1 : nil
  }
}
