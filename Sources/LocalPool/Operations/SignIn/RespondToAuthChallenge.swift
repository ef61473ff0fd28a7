import Cognito

/// A later call of a sign-in.
enum RespondToAuthChallenge: Operation {
  static let name = "RespondToAuthChallenge"
  static let access = OperationAccess.none
  static let shape = InputShape(SignInShapes.respond)

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    try SignInAnswer.respond(request, isAdmin: false)
  }
}
