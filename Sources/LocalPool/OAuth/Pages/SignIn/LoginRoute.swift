import Cognito

/// `/login`: shows the sign-in page, and takes its forms.
enum LoginRoute: HTTPRoute {
  static func respond(to request: PoolRequest, _ context: PoolContext) throws -> PoolResponse? {
    guard request.path == "/login" else { return nil }
    switch request.method {
    case "GET", "HEAD":
      return try AuthorizeRoute.answering(request, context) { authorization, _, pool in
        let form = LoginPage.form(
          LoginState(request: authorization), name: authorization.loginHint ?? "", pool: pool)
        return try form.response(LoginState(request: authorization), request, context)
      }
    case "POST": return try HostedPost.answering(request, context, post)
    default: return Page.refusal(405, "Use GET or POST here.")
    }
  }

  private static func post(_ post: HostedPost) throws -> PoolResponse {
    do {
      return try respond(try step(post), post)
    } catch let error as PoolException where error.status == 400 {
      if post.state.challenge == nil, let page = try pageForAccount(error, post) { return page }
      return try again(error, post)
    }
  }

  /// On to the app, or to the next step.
  static func respond(_ outcome: HostedSignInFlow.Outcome, _ post: HostedPost) throws -> PoolResponse {
    let (request, context) = (post.state.request, post.context)
    switch outcome {
    case .signedIn(let user, let strength):
      let session = try BrowserSession.begin(of: user, strength, post)
      var response = try AuthorizeRoute.grant(
        request, post.client, post.pool, user, session, context)
      response.status = 303
      response.headers.append(try session.header(context))
      return response
    case .challenge(let challenge):
      let state = LoginState(request: request, challenge: challenge)
      return try LoginPage.form(state, pool: post.pool).response(state, post.request, context)
    }
  }

  /// The first page again, with something to say.
  static func begin(
    notice: String? = nil, complaint: Complaint? = nil, name: String = "", _ post: HostedPost
  ) throws -> PoolResponse {
    let state = LoginState(request: post.state.request)
    var form = LoginPage.form(state, name: name, pool: post.pool)
    (form.notice, form.complaint) = (notice, complaint)
    return try form.response(state, post.request, post.context)
  }

  /// A wrong code or a password that won't do may be tried again in the same step; everything else begins anew.
  private static func again(_ error: PoolException, _ post: HostedPost) throws -> PoolResponse {
    let isMistake = [
      "CodeMismatchException", "ExpiredCodeException", "EnableSoftwareTokenMFAException", "InvalidPasswordException",
      "PasswordHistoryPolicyViolationException", "InvalidParameterException",
    ].contains(error.type)
    guard isMistake, post.state.challenge != nil, error != SecondFactorSetUp.impossible else {
      return try begin(complaint: Complaint(error), name: post.username, post)
    }
    var form = LoginPage.form(post.state, values: post.fields, pool: post.pool)
    form.complaint = Complaint(error)
    return try form.response(post.state, post.request, post.context)
  }

  /// Where the password was right, but the account has yet to be confirmed or its password to be reset.
  private static func pageForAccount(_ error: PoolException, _ post: HostedPost) throws -> PoolResponse? {
    switch error {
    case .userNotConfirmed:
      let user = try post.context.store.read { try $0.users.find(login: post.username, in: post.pool) }
      return try ConfirmSignUpRoute.page(
        ConfirmSignUpRoute.state(login: post.username, user, post),
        notice: "Your account isn’t confirmed yet. Enter the code that was sent to you, or get a new one.", post)
    case .passwordResetRequired:
      return try ConfirmForgotPasswordRoute.page(
        login: post.username, notice: "Your password has to be set anew. Enter the code that was sent to you.", post)
    default: return nil
    }
  }

  private static func step(_ post: HostedPost) throws -> HostedSignInFlow.Outcome {
    let fields = post.fields
    guard var challenge = post.state.challenge else {
      guard !post.username.isEmpty, let password = fields["password"] else { throw PoolException.incorrectPassword }
      return try HostedSignInFlow.begin(name: post.username, password: password, post)
    }
    let code = fields["code"] ?? ""
    var responses: [String: String] = [:]
    switch challenge.name {
    case "NEW_PASSWORD_REQUIRED":
      responses["NEW_PASSWORD"] = try post.newPassword()
      for name in challenge.list("requiredAttributes") { responses[name] = fields[name] }
    case "SELECT_MFA_TYPE": responses["ANSWER"] = fields["answer"]
    case "MFA_SETUP" where challenge.setUp == nil:
      try SecondFactorSetUp.begin(fields["answer"] ?? "", &challenge, post)
      return .challenge(challenge)
    case "MFA_SETUP" where challenge.setUp == SecondFactorSetUp.email: responses["EMAIL"] = fields["email"] ?? ""
    case "MFA_SETUP": try SecondFactorSetUp.verify(&challenge, code: code, post.context)
    default: responses["\(challenge.name)_CODE"] = code
    }
    return try HostedSignInFlow.answer(challenge, responses, post)
  }
}
