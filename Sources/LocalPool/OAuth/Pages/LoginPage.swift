import Cognito

/// The forms of a sign-in, one for each step.
enum LoginPage {
  static func response(
    _ state: LoginState, alert: String? = nil, name: String = "", _ request: PoolRequest, _ context: PoolContext
  ) throws -> PoolResponse {
    let token = CSRFToken(for: request, context)
    let title = title(state.challenge)
    let complaint: HTML = alert.map { "<p role=\"alert\" id=\"alert\">\($0)</p>" } ?? .nothing
    let body: HTML = """
      <h1>\(title)</h1>
      \(complaint)
      <form method="post" action="/login">
      <input type="hidden" name="csrf" value="\(token.field)">
      <input type="hidden" name="login" value="\(try state.sealed(context))">
      \(fields(state.challenge, name: name, hasAlert: alert != nil))
      <button type="submit">\(state.challenge == nil ? "Sign in" : "Continue")</button>
      </form>
      """
    return Page.response(
      title: title, body, headers: token.header.map { [$0] } ?? [], formTargets: [origin(state.request.redirectURI)])
  }

  private static func title(_ challenge: HostedChallenge?) -> String {
    switch challenge?.name {
    case nil: "Sign in"
    case "NEW_PASSWORD_REQUIRED": "Choose a new password"
    case "SELECT_MFA_TYPE": "How do you want to confirm that it’s you?"
    case "MFA_SETUP": "Set up an authenticator app"
    default: "Confirm that it’s you"
    }
  }

  private static func fields(_ challenge: HostedChallenge?, name: String, hasAlert: Bool) -> HTML {
    guard let challenge else {
      return """
        \(input("username", "User name", "autocomplete=\"username\" autocapitalize=\"none\" spellcheck=\"false\"", value: name, hasAlert))
        \(input("password", "Password", "type=\"password\" autocomplete=\"current-password\"", hasAlert))
        """
    }
    let digits: HTML = "inputmode=\"numeric\" autocomplete=\"one-time-code\" pattern=\"[0-9]*\" maxlength=\"8\""
    switch challenge.name {
    case "NEW_PASSWORD_REQUIRED":
      let required =
        (challenge.parameters["requiredAttributes"].flatMap { try? JSONValue.parse(Array($0.utf8)) })?.array ?? []
      let asked = required.compactMap(\.string)
      return """
        \(input("new_password", "New password", "type=\"password\" autocomplete=\"new-password\"", hasAlert))
        \(input("new_password_again", "New password again", "type=\"password\" autocomplete=\"new-password\"", hasAlert))
        \(asked.map { input($0, $0.replacing("userAttributes.", with: "").replacing("_", with: " "), "", hasAlert) })
        """
    case "SELECT_MFA_TYPE":
      let names = ["SOFTWARE_TOKEN_MFA": "Authenticator app", "SMS_MFA": "Text message", "EMAIL_OTP": "E-mail"]
      let offered =
        (challenge.parameters["MFAS_CAN_CHOOSE"].flatMap { try? JSONValue.parse(Array($0.utf8)) })?.array ?? []
      let choices = offered.compactMap(\.string).map { value -> HTML in
        "<label><input type=\"radio\" name=\"answer\" value=\"\(value)\" required> \(names[value] ?? value)</label>"
      }
      return "<fieldset><legend>Send me a code by</legend>\(choices)</fieldset>"
    case "MFA_SETUP":
      return """
        <p>Enter this key in your authenticator app, then the code that it shows.</p>
        <p>Key: <code>\(challenge.parameters["SecretCode"] ?? "")</code></p>
        \(input("code", "Six-digit code", digits, hasAlert))
        """
    case "SOFTWARE_TOKEN_MFA":
      return input("code", "Six-digit code of your authenticator app", digits, hasAlert)
    default:
      let place = challenge.parameters["CODE_DELIVERY_DESTINATION"] ?? "you"
      return input("code", "Code that was sent to \(place)", digits, hasAlert)
    }
  }

  private static func input(
    _ name: String, _ label: String, _ attributes: HTML, value: String = "", _ hasAlert: Bool
  ) -> HTML {
    let described: HTML = hasAlert ? " aria-describedby=\"alert\"" : .nothing
    return """
      <label for="\(name)">\(label)</label>
      <input id="\(name)" name="\(name)" value="\(value)" required \(attributes)\(described)>
      """
  }

  /// The origin that the form's answer leads to: a browser checks redirects after a form against the page's policy.
  private static func origin(_ address: String) -> String {
    guard let colon = address.firstIndex(of: ":") else { return "" }
    let scheme = address[..<colon]
    guard scheme == "http" || scheme == "https" else { return "\(scheme):" }
    let host = address[address.index(colon, offsetBy: 3)...].prefix { !"/?#; ".contains($0) }
    return "\(scheme)://\(host)"
  }
}
