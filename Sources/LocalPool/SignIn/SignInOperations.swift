import Cognito

struct InitiateAuth: Operation {
  static let name = "InitiateAuth"
  static let access = OperationAccess.none
  static func handle(_ request: OperationRequest) throws -> JSONValue {
    try SignInStart.begin(request, isAdmin: false)
  }
}

struct AdminInitiateAuth: Operation {
  static let name = "AdminInitiateAuth"
  static let access = OperationAccess.iam
  static func handle(_ request: OperationRequest) throws -> JSONValue {
    try SignInStart.begin(request, isAdmin: true)
  }
}

struct RespondToAuthChallenge: Operation {
  static let name = "RespondToAuthChallenge"
  static let access = OperationAccess.none
  static func handle(_ request: OperationRequest) throws -> JSONValue {
    try SignInAnswer.respond(request, isAdmin: false)
  }
}

struct AdminRespondToAuthChallenge: Operation {
  static let name = "AdminRespondToAuthChallenge"
  static let access = OperationAccess.iam
  static func handle(_ request: OperationRequest) throws -> JSONValue {
    try SignInAnswer.respond(request, isAdmin: true)
  }
}
