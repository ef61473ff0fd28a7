import Cognito

/// One operation of the service: `AWSCognitoIdentityProviderService.<name>`. To add one, write a type in a file of its own
/// and list it in the registry of its folder.
package protocol PoolOperation: Sendable {
  /// The name after the dot in `X-Amz-Target`.
  static var name: String { get }
  static var access: OperationAccess { get }
  /// Runs on a worker thread, so it may wait for SQLite or a trigger. Throws a ``PoolException`` for everything that the
  /// caller did wrong; any other error becomes InternalErrorException and is logged.
  static func handle(_ request: OperationRequest) throws -> JSONValue
}

extension PoolOperation {
  /// Refuses what the service's model forbids.
  package static func checkInput(_ input: OperationInput) throws(PoolException) {
    try InputCheck.check(input, of: name)
  }

  /// Checks the input and who calls, then runs: whoever carries an operation out, over HTTP or in the process, comes here.
  static func run(
    _ input: OperationInput, requestID: String, sourceAddress: String, userAgent: String = "", isSigned: Bool = false,
    _ context: PoolContext
  ) throws -> JSONValue {
    try checkInput(input)
    context.unknownMembers.report(input, to: Self.self, context.logger)
    let caller = try AccessCheck.caller(access, input, context)
    return try handle(
      OperationRequest(
        operation: name, input: input, context: context, caller: caller, requestID: requestID,
        sourceAddress: sourceAddress, userAgent: userAgent, isSigned: isSigned))
  }
}

/// What a caller must show before an operation runs.
package enum OperationAccess: Sendable {
  /// Nothing: the operation checks what it is given (a password, a session, a code, a refresh token).
  case none
  /// A valid access token in `AccessToken`; ``OperationRequest/caller`` then says whose.
  case accessToken
  /// SigV4 with AWS credentials, checked when the pool was given credentials.
  case iam
  /// A signature as for `iam`, or what the operation checks itself if there is none (an app client's secret).
  case iamOrClient
}
