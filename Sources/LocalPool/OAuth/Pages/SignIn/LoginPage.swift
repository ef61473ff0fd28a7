import Cognito

/// The forms of a sign-in, one for each step.
enum LoginPage {
  static func form(
    _ state: LoginState, name: String = "", values: FormFields = FormFields(), pool: PoolRecord
  ) -> PageForm {
    guard let challenge = state.challenge else { return signIn(name: name, pool) }
    switch challenge.name {
    case "NEW_PASSWORD_REQUIRED": return newPassword(challenge, values, pool)
    case "SELECT_MFA_TYPE":
      return step(
        "How do you want to confirm that it’s you?",
        choices: choices("Get a code by", challenge.list("MFAS_CAN_CHOOSE")))
    case "MFA_SETUP": return setUp(challenge, pool)
    case "SOFTWARE_TOKEN_MFA":
      return step("Confirm that it’s you", [.code("Six-digit code of your authenticator app")])
    default:
      let place = challenge.parameters["CODE_DELIVERY_DESTINATION"] ?? "you"
      return step("Confirm that it’s you", [.code("Code that was sent to \(place)")])
    }
  }

  private static func signIn(name: String, _ pool: PoolRecord) -> PageForm {
    var form = PageForm(title: "Sign in", action: "/login", button: "Sign in")
    form.fields = [AttributeField.username(in: pool, value: name), .password]
    if !RecoveryDelivery.attributes(of: pool).isEmpty {
      form.links.append((ForgotPasswordRoute.path, "Forgot your password?"))
    }
    if SignUpRoute.isOpen(pool) { form.links.append((SignUpRoute.path, "Make an account")) }
    return form
  }

  private static func newPassword(
    _ challenge: HostedChallenge, _ values: FormFields, _ pool: PoolRecord
  ) -> PageForm {
    let asked = challenge.list("requiredAttributes").map { name in
      AttributeField.field(
        String(name.dropFirst(AttributeField.prefix.count)), isRequired: true, value: values[name] ?? "")
    }
    return step("Choose a new password", FormField.newPassword(in: pool) + asked)
  }

  private static func setUp(_ challenge: HostedChallenge, _ pool: PoolRecord) -> PageForm {
    switch challenge.setUp {
    case SecondFactorSetUp.softwareToken:
      var form = step("Set up an authenticator app", [.code("Six-digit code")])
      form.introduction = """
        <p>Enter this key in your authenticator app, then the code that it shows.</p>
        <p>Key: <code>\(challenge.parameters["SecretCode"] ?? "")</code></p>
        <p><a href="\(SecondFactorSetUp.address(challenge, in: pool))">Open it in an app on this device</a></p>
        """
      return form
    case SecondFactorSetUp.email:
      var form = step(
        "Set up codes by e-mail",
        [FormField(name: "email", label: "E-mail address", type: "email", autocomplete: "email")])
      form.introduction = "<p>From now on a code goes there whenever you sign in.</p>"
      return form
    default:
      return step(
        "Choose a second way to confirm that it’s you",
        choices: choices("Get codes by", SecondFactorSetUp.possible(challenge)))
    }
  }

  private static func step(_ title: String, _ fields: [FormField] = [], choices: HTML = .nothing) -> PageForm {
    PageForm(
      title: title, action: "/login", button: "Continue", fields: fields, choices: choices,
      links: [("/login", "Start again")])
  }

  private static func choices(_ legend: String, _ offered: [String]) -> HTML {
    let names = ["SOFTWARE_TOKEN_MFA": "Authenticator app", "SMS_MFA": "Text message", "EMAIL_OTP": "E-mail"]
    let options = offered.enumerated().map { index, value -> HTML in
      let focus: HTML = index == 0 ? " autofocus" : .nothing
      return
        "<label><input type=\"radio\" name=\"answer\" value=\"\(value)\" required\(focus)> \(names[value] ?? value)</label>"
    }
    return "<fieldset><legend>\(legend)</legend>\(options)</fieldset>"
  }
}
