import Cognito

/// `/confirmUser`: what the link in the message to a new user opens, in a pool that sends links in place of codes.
///
/// It confirms at once, as Cognito's does: the code that it carries is good once.
enum ConfirmUserRoute: HTTPRoute {
  static let path = "/confirmUser"

  static func respond(to request: PoolRequest, _ context: PoolContext) throws -> PoolResponse? {
    guard request.path == path else { return nil }
    // Mail programs look at links with HEAD; only opening one counts.
    guard request.method == "GET" else { return Page.refusal(405, "Open the link of the message.") }
    guard let fields = FormFields(queryOf: request), let client = fields["client_id"],
      let name = fields["user_name"], let code = fields["confirmation_code"],
      let (record, _) = try? context.client(client)
    else { return Page.refusal(400, "The link isn’t whole. Copy all of it from the message.") }
    var input: [String: JSONValue] = [
      "ClientId": .string(client), "Username": .string(name), "ConfirmationCode": .string(code),
    ]
    if let secret = record.secrets.first {
      let hash = SecretHash.compute(username: name, clientID: client, clientSecret: Secret(utf8: secret.value))
      input["SecretHash"] = .string(hash)
    }
    do {
      _ = try Responder.perform(
        "ConfirmSignUp", OperationInput(input), context, sourceAddress: request.remoteAddress)
    } catch let error as PoolException where error.status == 400 {
      return Page.refusal(400, "The link has been used, or it is too old. Ask for another one.")
    }
    return Page.response(
      title: "Confirmed", "<h1>Your account is confirmed</h1><p>Go back to the app and sign in.</p>")
  }
}
