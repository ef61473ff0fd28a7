import Cognito

/// `/login`: shows the sign-in page, and takes its forms.
enum LoginRoute: HTTPRoute {
  static func respond(to request: PoolRequest, _ context: PoolContext) throws -> PoolResponse? {
    guard request.path == "/login" else { return nil }
    switch request.method {
    case "GET", "HEAD":
      return try AuthorizeRoute.answering(request, context) { authorization, _, _ in
        try LoginPage.response(LoginState(request: authorization), request, context)
      }
    case "POST": return try post(request, context)
    default: return Page.refusal(405, "Use GET or POST here.")
    }
  }

  private static func post(_ request: PoolRequest, _ context: PoolContext) throws -> PoolResponse {
    guard let fields = FormFields(bodyOf: request),
      let state = fields["login"].flatMap({ LoginState.open($0, context) })
    else { return Page.refusal(400, "The form can't be read. Go back to the app and sign in again.") }
    guard CSRFToken.matches(request, field: fields["csrf"], context) else {
      return Page.refusal(403, "This form wasn't sent from our page, or cookies are off. Go back and sign in again.")
    }
    let (client, pool) = try context.client(state.request.clientId)
    do {
      switch try step(state, fields, client, pool, request, context) {
      case .signedIn(let user):
        let session = BrowserSession(of: user, context)
        var response = try AuthorizeRoute.grant(
          state.request, client, pool, user, authTime: session.authTime, context)
        response.status = 303
        response.headers.append(try session.header(context))
        return response
      case .challenge(let challenge):
        return try LoginPage.response(LoginState(request: state.request, challenge: challenge), request, context)
      }
    } catch let error as ServiceError where error.status == 400 {
      // A wrong code may be tried again with the same form; everything else begins anew.
      let mayRetry =
        ["CodeMismatchException", "InvalidPasswordException", "EnableSoftwareTokenMFAException"]
        .contains(error.type) || error == mismatch
      let again = LoginState(request: state.request, challenge: mayRetry ? state.challenge : nil)
      return try LoginPage.response(
        again, alert: error.message, name: fields["username"] ?? "", request, context)
    }
  }

  private static let mismatch = ServiceError.invalidParameter("The two passwords are not the same.")

  private static func step(
    _ state: LoginState, _ fields: FormFields, _ client: ClientRecord, _ pool: PoolRecord, _ request: PoolRequest,
    _ context: PoolContext
  ) throws -> HostedSignIn.Outcome {
    guard var challenge = state.challenge else {
      guard let name = fields["username"], name.utf8.count <= 2048, let password = fields["password"] else {
        throw ServiceError.incorrectPassword
      }
      return try HostedSignIn.begin(
        name: name, password: password, client: client, pool: pool, request, context)
    }
    let code = fields["code"] ?? ""
    var responses: [String: String] = [:]
    switch challenge.name {
    case "NEW_PASSWORD_REQUIRED":
      guard let password = fields["new_password"], password == fields["new_password_again"] else { throw mismatch }
      responses["NEW_PASSWORD"] = password
      for name in fields.names where name.hasPrefix("userAttributes.") { responses[name] = fields[name] }
    case "SELECT_MFA_TYPE": responses["ANSWER"] = fields["answer"]
    case "MFA_SETUP": try HostedSignIn.verifySoftwareToken(&challenge, code: code, context)
    default: responses["\(challenge.name)_CODE"] = code
    }
    return try HostedSignIn.answer(challenge, responses, client: client, request, context)
  }
}
