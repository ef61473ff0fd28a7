import Cognito

/// A moment at which a pool may ask a program of its owner (a Lambda function, in AWS).
package enum Trigger: String, Sendable, CaseIterable {
  case preSignUp = "PreSignUp"
  case postConfirmation = "PostConfirmation"
  case preAuthentication = "PreAuthentication"
  case postAuthentication = "PostAuthentication"
  case preTokenGeneration = "PreTokenGeneration"
  case defineAuthChallenge = "DefineAuthChallenge"
  case createAuthChallenge = "CreateAuthChallenge"
  case verifyAuthChallengeResponse = "VerifyAuthChallengeResponse"
  case userMigration = "UserMigration"
  case customMessage = "CustomMessage"
}

/// Everything a trigger is told apart from its own request members.
package struct TriggerEvent: Sendable {
  package let trigger: Trigger
  /// Of the event's form: PreTokenGeneration has had several.
  package var version = "1"
  /// E.g. `PreSignUp_AdminCreateUser`, `TokenGeneration_RefreshTokens`.
  package let source: String
  package let pool: PoolRecord
  package let clientID: String
  package let username: String
  /// The event's `request`.
  package var request: [String: JSONValue]
  /// The event's `response` as the trigger finds it.
  package var response: [String: JSONValue]

  package init(
    trigger: Trigger, source: String, pool: PoolRecord, clientID: String, username: String,
    request: [String: JSONValue] = [:], response: [String: JSONValue] = [:]
  ) {
    self.trigger = trigger
    self.source = source
    self.pool = pool
    self.clientID = clientID
    self.username = username
    self.request = request
    self.response = response
  }
}

/// Runs a pool's triggers.
package protocol TriggerRunner: Sendable {
  /// Whether the pool has set this trigger.
  func has(_ trigger: Trigger, _ pool: PoolRecord) -> Bool

  /// Runs the trigger and gives its `response`; nil when the pool hasn't set it.
  /// Throws UserLambdaValidationException when the trigger refuses, UnexpectedLambdaException when it fails,
  /// InvalidLambdaResponseException when its answer can't be read.
  func run(_ event: TriggerEvent) throws -> [String: JSONValue]?
}

/// A pool whose triggers nobody has set.
package struct NoTriggers: TriggerRunner {
  package init() {}
  package func has(_ trigger: Trigger, _ pool: PoolRecord) -> Bool { false }
  package func run(_ event: TriggerEvent) throws -> [String: JSONValue]? { nil }
}
