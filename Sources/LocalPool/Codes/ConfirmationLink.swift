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
    var rest = text[...]
    while let start = rest.firstRange(of: "{##"), let end = text[start.upperBound...].firstRange(of: "##}") {
      let words = text[start.upperBound..<end.lowerBound]
      rest = text[end.upperBound...]
      // Without words it is the place for a code.
      guard !words.isEmpty else { continue }
      let link = "<a href=\"\(HTML.escaped(address))\">\(HTML.escaped(String(words)))</a>"
      return text[..<start.lowerBound] + link + rest
    }
    return text
  }
}
