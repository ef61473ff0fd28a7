/// An error as Cognito answers it: the exception's name in `__type` and a sentence in `message`.
package struct PoolException: Error, Equatable, Sendable {
  /// The exception's name with its `Exception` suffix, e.g. `NotAuthorizedException`.
  package let type: String
  package let message: String
  /// Further members of the body, e.g. `reasonCode` of an InvalidParameterException.
  package let details: [String: String]

  package init(_ type: String, _ message: String, details: [String: String] = [:]) {
    self.type = type
    self.message = message
    self.details = details
  }

  /// 400 for all but the two internal ones: so the service model says, throttling included.
  package var status: Int {
    type == "InternalErrorException" || type == "InternalServerException" ? 500 : 400
  }
}

extension PoolException {
  package static func notAuthorized(_ message: String) -> Self { Self("NotAuthorizedException", message) }

  package static func invalidParameter(_ message: String) -> Self { Self("InvalidParameterException", message) }

  package static func resourceNotFound(_ message: String) -> Self { Self("ResourceNotFoundException", message) }

  package static func codeMismatch(_ message: String = "Invalid verification code provided, please try again.") -> Self
  {
    Self("CodeMismatchException", message)
  }

  package static func expiredCode(_ message: String = "Invalid code provided, please request a code again.") -> Self {
    Self("ExpiredCodeException", message)
  }

  package static func invalidPassword(_ message: String) -> Self { Self("InvalidPasswordException", message) }

  package static func unsupportedOperation(_ message: String) -> Self { Self("UnsupportedOperationException", message) }

  package static let userNotFound = Self("UserNotFoundException", "User does not exist.")
  package static let userDisabled = notAuthorized("User is disabled.")
  package static let userNotConfirmed = Self("UserNotConfirmedException", "User is not confirmed.")
  package static let passwordResetRequired = Self(
    "PasswordResetRequiredException", "Password reset required for the user")
  package static let incorrectPassword = notAuthorized("Incorrect username or password.")
  package static let attemptsExceeded = notAuthorized("Password attempts exceeded")
  package static let invalidSession = notAuthorized("Invalid session for the user.")
  package static let expiredSession = notAuthorized("Invalid session for the user, session is expired.")
  package static let internalError = Self("InternalErrorException", "Something went wrong")
  package static let unknownOperation = Self("UnknownOperationException", "")
  package static let limitExceeded = Self(
    "LimitExceededException", "Attempt limit exceeded, please try after some time.")

  package static func poolNotFound(_ id: String) -> Self { resourceNotFound("User pool \(id) does not exist.") }

  package static func clientNotFound(_ id: String) -> Self {
    resourceNotFound("User pool client \(id) does not exist.")
  }
}
