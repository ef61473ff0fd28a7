/// Why a call failed: a code to branch on, the service's own words, and what to do next.
///
/// Two errors are equal when their codes are: texts and request ids differ from call to call.
public struct CognitoError: Error, Sendable {
  /// What kind of failure this is.
  public let code: Code

  /// What happened, in a sentence: the service's own message where there is one. Never holds a secret.
  public let message: String

  /// The service's name for the error (`__type`), such as "NotAuthorizedException"; `nil` when the failure is ours
  /// or the network's.
  public let exception: String?

  /// The service's id of the failed request, for support cases.
  public let requestID: String?

  /// HTTP status of the answer, if there was one.
  public let httpStatus: Int?

  /// How long the service asked us to wait before trying again (`Retry-After`).
  public let retryAfter: Duration?

  /// What a closure of the caller's threw, with ``Code/callbackFailed``; a transport or key source may keep here what
  /// its own error was.
  public let cause: (any Error)?

  /// An error, made by this library or by a part of yours: an ``HTTPTransport``, a ``KeySource``, an
  /// ``AWSCredentialsProvider``, a double in a test.
  ///
  /// The code decides what is done about it. A transport throws ``Code/unreachable`` when nothing was sent,
  /// ``Code/network`` when it isn't known what became of the request, ``Code/timeout`` past the deadline and
  /// ``Code/cancelled`` for a cancelled task: ``ServiceClient`` repeats by these.
  ///
  /// - Parameters:
  ///   - code: what kind of failure it is.
  ///   - message: what happened, in a sentence for a person. It must not hold a secret.
  ///   - exception: the service's name for the error, where it is the service's.
  ///   - requestID: the service's id of the request.
  ///   - httpStatus: status of the answer, if there was one.
  ///   - retryAfter: how long to wait before trying again.
  ///   - cause: the error behind this one.
  public init(
    _ code: Code, _ message: String, exception: String? = nil, requestID: String? = nil, httpStatus: Int? = nil,
    retryAfter: Duration? = nil, cause: (any Error)? = nil
  ) {
    self.code = code
    self.message = message
    self.exception = exception
    self.requestID = requestID
    self.httpStatus = httpStatus
    self.retryAfter = retryAfter
    self.cause = cause
  }
}

extension CognitoError: Equatable, Hashable {
  /// Compares the codes.
  public static func == (left: CognitoError, right: CognitoError) -> Bool { left.code == right.code }
  /// Hashes the code.
  public func hash(into hasher: inout Hasher) { hasher.combine(code) }
}

extension CognitoError: CustomStringConvertible {
  /// The message, the service's name for it, and the next step.
  public var description: String {
    var text = message
    if let exception { text += " (\(exception))" }
    if let nextStep = code.nextStep { text += " \(nextStep)" }
    if let requestID { text += " [request \(requestID)]" }
    return text
  }
}
