import Cognito

/// `/forgotPassword`: sends a code to who can't sign in any more.
enum ForgotPasswordRoute: HTTPRoute {
  static let path = "/forgotPassword"

  static func respond(to request: PoolRequest, _ context: PoolContext) throws -> PoolResponse? {
    guard request.path == path else { return nil }
    switch request.method {
    case "GET", "HEAD":
      return try AuthorizeRoute.answering(request, context) { authorization, _, pool in
        guard !RecoveryDelivery.attributes(of: pool).isEmpty else {
          return Page.refusal(403, "Only an administrator can set a new password here.")
        }
        return try form(pool, name: authorization.loginHint ?? "")
          .response(LoginState(request: authorization), request, context)
      }
    case "POST": return try HostedPost.answering(request, context, post)
    default: return Page.refusal(405, "Use GET or POST here.")
    }
  }

  private static func form(_ pool: PoolRecord, name: String) -> PageForm {
    var form = PageForm(title: "Forgot your password?", action: path, button: "Send me a code")
    form.introduction = "<p>You get a code with which you can set a new one.</p>"
    form.fields = [AttributeField.username(in: pool, value: name)]
    form.links = [("/login", "Back to signing in")]
    return form
  }

  private static func post(_ post: HostedPost) throws -> PoolResponse {
    do {
      return try ConfirmForgotPasswordRoute.page(
        login: post.username, notice: try sendCode(to: post.username, post), post)
    } catch let error as PoolException where error.status == 400 {
      var form = form(post.pool, name: post.username)
      form.complaint = Complaint(error)
      return try form.response(LoginState(request: post.state.request), post.request, post.context)
    }
  }

  /// Says where the code went; for a user who isn't there, or mustn't be known of, it says the same.
  static func sendCode(to login: String, _ post: HostedPost) throws -> String {
    let answer = try post.perform("ForgotPassword", on: login)
    return "A code was sent to \(answer["CodeDeliveryDetails"]?["Destination"]?.string ?? "you")."
  }
}
