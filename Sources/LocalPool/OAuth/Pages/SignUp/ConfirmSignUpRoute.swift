import Cognito

/// `/confirm`: takes the code of a new account. One gets here from the form before, by signing up or signing in.
enum ConfirmSignUpRoute: HTTPRoute {
  static let path = "/confirm"
  /// Seconds for which the password that was typed in the form before need not be typed again.
  private static let patience: Int64 = 900

  static func respond(to request: PoolRequest, _ context: PoolContext) throws -> PoolResponse? {
    guard request.path == path else { return nil }
    guard request.method == "POST" else {
      return Page.refusal(405, "Go back to the app and sign in: then the code is asked for here.")
    }
    return try HostedPost.answering(request, context, post)
  }

  /// - Parameter user: who chose or knew the password just now.
  static func state(login: String, _ user: UserRecord?, _ post: HostedPost) -> LoginState {
    var state = LoginState(request: post.state.request)
    state.account = LoginState.Account(
      login: login, userID: user?.id, expires: post.context.clock.epoch + patience)
    return state
  }

  static func page(
    _ state: LoginState, notice: String? = nil, complaint: Complaint? = nil, _ post: HostedPost
  ) throws -> PoolResponse {
    var form = PageForm(title: "Confirm your account", action: path, button: "Confirm")
    form.fields = [.code("Code that was sent to you")]
    form.otherButton = ("resend", "Send a new code")
    (form.notice, form.complaint) = (notice, complaint)
    form.links = [("/login", "Start again")]
    return try form.response(state, post.request, post.context)
  }

  private static func post(_ post: HostedPost) throws -> PoolResponse {
    guard let account = post.state.account else { return Page.refusal(400, "The form isn’t of this page.") }
    do {
      if post.action == "resend" {
        let answer = try post.perform("ResendConfirmationCode", on: account.login)
        let place = answer["CodeDeliveryDetails"]?["Destination"]?.string ?? "you"
        return try page(post.state, notice: "A new code was sent to \(place). Older ones don’t count any more.", post)
      }
      try post.perform(
        "ConfirmSignUp", on: account.login, ["ConfirmationCode": .string(post.fields["code"] ?? "")])
    } catch let error as PoolException where error.status == 400 {
      return try page(post.state, complaint: Complaint(error), post)
    }
    guard account.expires > post.context.clock.epoch, let id = account.userID,
      let user = try post.context.store.read({ try $0.users.find(id: id) })
    else { return try LoginRoute.begin(notice: "Your account is confirmed. Sign in.", name: account.login, post) }
    return try SignUpRoute.proceed(user, post)
  }
}
