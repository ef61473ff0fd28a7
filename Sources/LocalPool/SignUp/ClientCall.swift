import Cognito

/// What the calls of users who haven't signed in start from: the app client, shown to be who it says, and a username.
struct ClientCall {
  let client: ClientRecord
  let pool: PoolRecord
  let login: String

  /// - Throws: ResourceNotFoundException, or NotAuthorizedException for a wrong SecretHash.
  init(_ request: OperationRequest) throws {
    (client, pool) = try request.context.client(try request.input.string("ClientId"))
    login = try request.input.string("Username")
    try ClientCheck.secretHash(
      try request.input.optionalString("SecretHash"), username: login, client: client)
  }

  func user(_ request: OperationRequest) throws -> UserRecord? {
    try request.context.store.read { try $0.users.find(login: login, in: pool) }
  }

  /// What these calls say of an unknown user, when they may say it.
  static let notFound = PoolException("UserNotFoundException", "Username/client id combination not found.")

  /// The id of the user who doesn't exist, or who isn't to be known of.
  func strangerID(_ request: OperationRequest) -> String {
    request.context.simulation.userID(poolID: pool.id, name: login)
  }

  /// Code delivery details as if there were such a user: the same for the same name every time. The medium goes by the form of
  /// the name, else by what the pool verifies, as on AWS.
  func simulatedDelivery(_ request: OperationRequest) -> JSONValue {
    let verified = pool.settings.autoVerifiedAttributes ?? []
    let isPhone =
      AttributeFormat.isPhoneNumber(login)
      || !login.contains("@") && verified.contains("phone_number") && !verified.contains("email")
    return CodeDestination.simulated(login: login, strangerID: strangerID(request), medium: isPhone ? .sms : .email)
      .json
  }
}
