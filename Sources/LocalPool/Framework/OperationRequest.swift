/// One call of an operation.
package struct OperationRequest: Sendable {
  package let operation: String
  package let input: OperationInput
  package let context: PoolContext
  /// Whose access token was shown; set exactly when the operation's access is `.accessToken`.
  package let caller: Caller?
  /// Also the `event_id` of tokens that this call issues.
  package let requestID: String
  package let sourceAddress: String
  package let userAgent: String
  /// Whether the request was signed with AWS credentials that may call the pool.
  package let isSigned: Bool

  package init(
    operation: String, input: OperationInput, context: PoolContext, caller: Caller? = nil, requestID: String,
    sourceAddress: String = "127.0.0.1", userAgent: String = "", isSigned: Bool = false
  ) {
    self.operation = operation
    self.input = input
    self.context = context
    self.caller = caller
    self.requestID = requestID
    self.sourceAddress = sourceAddress
    self.userAgent = userAgent
    self.isSigned = isSigned
  }

  /// The caller of an operation that needs an access token.
  package func requireCaller() throws(PoolException) -> Caller {
    guard let caller else { throw .notAuthorized("Invalid Access Token") }
    return caller
  }
}
