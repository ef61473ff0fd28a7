import Cognito

/// A posted form of the pages, shown to be ours, with the app client that it is about.
struct HostedPost {
  let fields: FormFields
  let state: LoginState
  let client: ClientRecord
  let pool: PoolRecord
  let request: PoolRequest
  let context: PoolContext

  /// Reads the form; one that can't be read, or that was shown to somebody else, is refused.
  static func answering(
    _ request: PoolRequest, _ context: PoolContext, _ body: (HostedPost) throws -> PoolResponse
  ) throws -> PoolResponse {
    guard let fields = FormFields(bodyOf: request),
      let state = fields["login"].flatMap({ LoginState.open($0, context) }),
      let (client, pool) = try? context.client(state.request.clientID)
    else { return Page.refusal(400, "The form can't be read. Go back to the app and sign in again.") }
    guard CSRFToken.matches(request, field: fields["csrf"], context) else {
      return Page.refusal(403, "This form wasn't sent from our page, or cookies are off. Go back and sign in again.")
    }
    return try body(
      HostedPost(fields: fields, state: state, client: client, pool: pool, request: request, context: context))
  }

  /// A user name as typed; what is too long for one counts as none.
  var username: String { fields["username"].flatMap { $0.utf8.count <= 2048 ? $0 : nil } ?? "" }

  /// Which button was pressed, where there are two.
  var action: String? { fields["action"] }

  /// A new password, typed twice the same.
  func newPassword() throws(PoolException) -> String {
    guard let password = fields["new_password"], password == fields["new_password_again"] else {
      throw Complaint.passwordsDiffer
    }
    return password
  }

  /// Runs an operation of the API for a person who hasn't signed in, as the app client itself would.
  @discardableResult
  func perform(_ operation: String, on login: String, _ members: [String: JSONValue] = [:]) throws -> JSONValue {
    var input = members.merging(["ClientId": .string(client.id), "Username": .string(login)]) { $1 }
    input["SecretHash"] = secretHash(of: login).map { .string($0) }
    return try Responder.perform(
      operation, OperationInput(input), context, sourceAddress: request.remoteAddress)
  }

  func secretHash(of login: String) -> String? {
    client.secrets.first.map {
      SecretHash.compute(username: login, clientID: client.id, clientSecret: Secret(utf8: $0.value))
    }
  }
}
