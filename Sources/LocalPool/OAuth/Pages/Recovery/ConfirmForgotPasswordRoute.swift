import Cognito

/// `/confirmForgotPassword`: takes the code and the new password.
enum ConfirmForgotPasswordRoute: HTTPRoute {
  static let path = "/confirmForgotPassword"

  static func respond(to request: PoolRequest, _ context: PoolContext) throws -> PoolResponse? {
    guard request.path == path else { return nil }
    guard request.method == "POST" else {
      return Page.refusal(
        405, "Go back to the app and say that you forgot your password: then the code is asked for here.")
    }
    return try HostedPost.answering(request, context, post)
  }

  static func page(
    login: String, notice: String? = nil, complaint: Complaint? = nil, _ post: HostedPost
  ) throws -> PoolResponse {
    var form = PageForm(title: "Set a new password", action: path, button: "Set the password")
    form.fields = [.code("Code that was sent to you")] + FormField.newPassword(in: post.pool)
    form.otherButton = ("resend", "Send a new code")
    (form.notice, form.complaint) = (notice, complaint)
    form.links = [("/login", "Back to signing in")]
    var state = LoginState(request: post.state.request)
    state.account = LoginState.Account(login: login)
    return try form.response(state, post.request, post.context)
  }

  private static func post(_ post: HostedPost) throws -> PoolResponse {
    guard let login = post.state.account?.login else { return Page.refusal(400, "The form isn’t of this page.") }
    do {
      if post.action == "resend" {
        return try page(login: login, notice: try ForgotPasswordRoute.sendCode(to: login, post), post)
      }
      let password = try post.newPassword()
      try post.perform(
        "ConfirmForgotPassword", on: login,
        ["ConfirmationCode": .string(post.fields["code"] ?? ""), "Password": .string(password)])
    } catch let error as PoolException where error.status == 400 {
      return try page(login: login, complaint: Complaint(error), post)
    }
    return try LoginRoute.begin(notice: "Your new password is set. Sign in with it.", name: login, post)
  }
}
