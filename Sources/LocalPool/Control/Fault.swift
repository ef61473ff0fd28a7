import Cognito

/// Something that goes wrong on purpose, for tests of how a client copes.
public struct Fault: Sendable, Equatable {
  @nonexhaustive
  public enum Kind: Sendable, Equatable {
    /// The answer comes so late.
    case latency(Duration)
    /// An exception of the service, e.g. TooManyRequestsException (400) or InternalErrorException (500).
    case exception(type: String, message: String, status: Int)
    /// A bare HTTP status with a page of HTML, as a proxy or load balancer answers.
    case status(Int)
    /// The connection closes with no answer.
    case drop
    /// The connection closes after so many bytes of the answer's body.
    case truncate(bytes: Int)
    /// 200 with a body that isn't JSON.
    case garbage
  }

  public var kind: Kind
  /// An operation's name, a path (`/oauth2/token`, `/{pool}/.well-known/jwks.json`), the last part of a path (`jwks.json`),
  /// or `*` for everything.
  public var target: String
  /// How many requests it hits; nil: every one until it is removed.
  public var count: Int?
  /// How many requests go by unharmed before the first that is hit.
  public var skip: Int
  /// Whether the operation is carried out even though its answer is lost or replaced. A late or truncated answer always
  /// comes from an operation that was carried out.
  public var executes: Bool

  public init(_ kind: Kind, on target: String = "*", count: Int? = 1, skip: Int = 0, executes: Bool = false) {
    self.kind = kind
    self.target = target
    self.count = count
    self.skip = skip
    self.executes = executes
  }

  func hits(_ name: String) -> Bool {
    target == "*" || target == name || name.hasPrefix("/") && name.split(separator: "/").last.map(String.init) == target
  }

  /// Carries the fault out on one request.
  func answer(_ proceed: () -> PoolResponse) -> PoolResponse {
    switch kind {
    case .latency(let span):
      var response = proceed()
      response.delivery = .delayed(seconds: span / .seconds(1))
      return response
    case .truncate(let bytes):
      var response = proceed()
      response.delivery = .truncated(bytes: bytes)
      return response
    case .exception(let type, let message, let status):
      if executes { _ = proceed() }
      return OperationEndpoint.refusal(PoolException(type, message), status: status)
    case .status(let status):
      if executes { _ = proceed() }
      return .text(status: status, "<html><body><h1>\(status)</h1></body></html>\n", contentType: "text/html")
    case .drop:
      if executes { _ = proceed() }
      var response = PoolResponse(status: 500)
      response.delivery = .dropped
      return response
    case .garbage:
      if executes { _ = proceed() }
      return PoolResponse(
        status: 200, headers: [(name: "Content-Type", value: OperationEndpoint.contentType)],
        body: Array("{\"AuthenticationResult\":\u{1}<!DOCTYPE html>".utf8))
    }
  }
}
