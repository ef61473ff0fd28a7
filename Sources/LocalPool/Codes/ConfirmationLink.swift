import Cognito

/// The address that confirms a new account when it is opened: it carries what ConfirmSignUp takes.
struct ConfirmationLink {
  private let address: String

  init(code: String, user: UserRecord, clientID: String, _ context: PoolContext) {
    address =
      context.publicAddress + ConfirmUserRoute.path + "?"
      + QueryString.encode([("client_id", clientID), ("user_name", user.username), ("confirmation_code", code)])
  }

  /// The text with its place for a link, `{##words##}`, filled.
  func filled(_ text: String) -> String {
    guard let start = text.firstRange(of: "{##"), let end = text[start.upperBound...].firstRange(of: "##}") else {
      return text
    }
    let words = HTML.escaped(String(text[start.upperBound..<end.lowerBound]))
    return text[..<start.lowerBound] + "<a href=\"\(HTML.escaped(address))\">\(words)</a>" + text[end.upperBound...]
  }
}
