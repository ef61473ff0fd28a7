/// How often a call is tried and how long it waits in between: exponential backoff with full jitter (AWS Architecture
/// Blog, "Exponential Backoff And Jitter").
public struct RetryPolicy: Sendable {
  /// Attempts in all, the first one included.
  public var maximumAttempts: Int
  /// The most that is waited before the second attempt; it doubles from one attempt to the next.
  public var base: Duration
  /// The most that is waited before any attempt, unless the service asks for more (`Retry-After`).
  public var cap: Duration
  /// A number from 0 to 1.
  package var random: @Sendable () -> Double
  /// Waits.
  package var sleep: @Sendable (Duration) async throws -> Void

  /// Four attempts, with waits of up to 0.1, 0.2 and 0.4 seconds.
  ///
  /// - Parameters:
  ///   - maximumAttempts: the first one included.
  ///   - base: the most that is waited before the second attempt.
  ///   - cap: the most that is waited before any attempt.
  public init(maximumAttempts: Int = 4, base: Duration = .milliseconds(100), cap: Duration = .seconds(5)) {
    self.maximumAttempts = maximumAttempts
    self.base = base
    self.cap = cap
    random = { Double.random(in: 0...1) }
    sleep = { try await Task.sleep(for: $0) }
  }

  /// One attempt and no more.
  public static let never = RetryPolicy(maximumAttempts: 1)

  /// The wait after a failed attempt; `nil` when there is to be no other.
  ///
  /// - Parameters:
  ///   - attempt: how many attempts were made.
  ///   - isRepeatable: whether the call may be carried out twice.
  func delay(after error: CognitoError, attempt: Int, isRepeatable: Bool) -> Duration? {
    guard attempt < maximumAttempts, error.wasNotCarriedOut || (isRepeatable && error.isPassing) else { return nil }
    let ceiling = min(cap, base * (1 << min(attempt - 1, 20)))
    let jittered = ceiling * random()
    guard let asked = error.retryAfter else { return jittered }
    return max(jittered, asked)
  }
}

extension CognitoError {
  /// Whether the service surely did nothing: any call may be repeated then.
  package var wasNotCarriedOut: Bool {
    switch code {
    case .unreachable, .tooManyRequests, .throttling: true
    default: false
    }
  }

  /// Whether the failure may be over at the next attempt, though this one may have been carried out.
  package var isPassing: Bool {
    switch code {
    case .network, .timeout, .internalError, .internalServer, .serviceUnavailable: true
    // An exception of the service's that has no member here is judged by its status, as AWS's own tools do.
    default: isServiceFailure
    }
  }

  /// Whether the service says, by the status, that the fault is on its side.
  package var isServiceFailure: Bool { exception != nil && httpStatus.map { (500...599).contains($0) } ?? false }
}
