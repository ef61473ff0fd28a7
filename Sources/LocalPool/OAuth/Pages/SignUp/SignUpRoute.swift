import Cognito

/// `/signup`: people make accounts for themselves, unless only administrators may make them.
enum SignUpRoute: HTTPRoute {
  static let path = "/signup"

  static func isOpen(_ pool: PoolRecord) -> Bool {
    !(pool.settings.adminCreateUserConfig?.allowAdminCreateUserOnly ?? false)
  }

  static func respond(to request: PoolRequest, _ context: PoolContext) throws -> PoolResponse? {
    guard request.path == path else { return nil }
    switch request.method {
    case "GET", "HEAD":
      return try AuthorizeRoute.answering(request, context) { authorization, client, pool in
        guard isOpen(pool) else { return closed }
        return try form(client, pool, FormFields()).response(LoginState(request: authorization), request, context)
      }
    case "POST": return try HostedPost.answering(request, context, post)
    default: return Page.refusal(405, "Use GET or POST here.")
    }
  }

  private static var closed: PoolResponse {
    Page.refusal(403, "Nobody can sign up here: an administrator makes the accounts.")
  }

  private static func form(_ client: ClientRecord, _ pool: PoolRecord, _ values: FormFields) -> PageForm {
    var form = PageForm(title: "Make an account", action: path, button: "Make the account")
    let attributes = asked(client, pool).map { name, isRequired in
      AttributeField.field(name, isRequired: isRequired, value: values[AttributeField.prefix + name] ?? "")
    }
    form.fields =
      [AttributeField.username(in: pool, value: values["username"] ?? "")] + attributes
      + FormField.newPassword(in: pool)
    form.links = [("/login", "You have an account? Sign in")]
    return form
  }

  /// What the pool requires, and the addresses that it verifies: without one of them nobody could be sent a code.
  private static func asked(_ client: ClientRecord, _ pool: PoolRecord) -> [(name: String, isRequired: Bool)] {
    let settings = pool.settings
    let names = settings.usernameAttributes ?? []
    let required = settings.requiredAttributes.filter { $0 != "sub" && names != [$0] }
    let verified = (settings.autoVerifiedAttributes ?? []).filter { name in
      !required.contains(name) && !names.contains(name)
        && (client.settings.writeAttributes.map { $0.contains(name) } ?? true)
    }
    return required.map { ($0, true) } + verified.map { ($0, false) }
  }

  private static func post(_ post: HostedPost) throws -> PoolResponse {
    do {
      let password = try post.newPassword()
      let attributes = asked(post.client, post.pool).compactMap { name, _ -> JSONValue? in
        post.fields[AttributeField.prefix + name].map { ["Name": .string(name), "Value": .string($0)] }
      }
      let answer = try post.perform(
        "SignUp", on: post.username, ["Password": .string(password), "UserAttributes": .array(attributes)])
      return try made(answer, post)
    } catch let error as PoolException where error.status == 400 {
      var form = form(post.client, post.pool, post.fields)
      form.complaint = Complaint(error)
      return try form.response(LoginState(request: post.state.request), post.request, post.context)
    }
  }

  /// Straight on where a trigger has confirmed the account; else the code is asked for.
  private static func made(_ answer: JSONValue, _ post: HostedPost) throws -> PoolResponse {
    let user = try post.context.store.read { try $0.users.find(login: post.username, in: post.pool) }
    if answer["UserConfirmed"]?.bool == true, let user { return try proceed(user, post) }
    guard let place = answer["CodeDeliveryDetails"]?["Destination"]?.string else {
      return try LoginRoute.begin(
        notice: "The account was made. You can sign in as soon as an administrator has confirmed it.",
        name: post.username, post)
    }
    return try ConfirmSignUpRoute.page(
      ConfirmSignUpRoute.state(login: post.username, user, post), notice: "A code was sent to \(place).", post)
  }

  /// Signs in who has just signed up; what keeps them out is told on the sign-in page.
  static func proceed(_ user: UserRecord, _ post: HostedPost) throws -> PoolResponse {
    do {
      return try LoginRoute.respond(try HostedSignInFlow.proceed(user, post), post)
    } catch let error as PoolException where error.status == 400 {
      return try LoginRoute.begin(complaint: Complaint(error), name: user.username, post)
    }
  }
}
