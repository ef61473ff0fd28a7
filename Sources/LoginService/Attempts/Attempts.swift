import LoginProtocol

/// The attempts that one conversation has counted.
struct Attempts: ~Copyable {
  private let attempt: Attempt
  private let context: LoginContext
  private var counted = 0
  private var isOpen = false

  /// - Parameter name: nil for a name that this machine doesn't know
  init(_ name: LoginName?, from origin: Origin, context: LoginContext) {
    attempt = Attempt(name, from: origin)
    self.context = context
  }

  deinit { if isOpen { context.openAttempts.end(attempt) } }

  /// Counts one more. Whoever signs in often at once from one place isn't guessing: while the pool has not judged the
  /// others, the next one waits for its turn.
  mutating func begin() async throws -> AttemptVerdict {
    judged()
    let deadline = ContinuousClock.now + Self.patience
    while true {
      let verdict = try await context.attempts.begin(attempt)
      guard verdict != .go else {
        counted += 1
        isOpen = true
        context.openAttempts.begin(attempt)
        return .go
      }
      guard context.openAttempts.has(attempt), ContinuousClock.now < deadline else { return verdict }
      try await Task.sleep(for: .milliseconds(100))
    }
  }

  /// Whether the person has signed in from there before.
  var isFromKnownPlace: Bool { get async throws { try await context.attempts.isTrusted(attempt) } }

  mutating func succeeded() async throws {
    try await context.attempts.succeeded(attempt)
    judged()
  }

  /// The last attempt was neither right nor wrong.
  mutating func hadNoVerdict() async throws {
    if counted > 0 {
      counted -= 1
      try await context.attempts.hadNoVerdict(attempt)
    }
    judged()
  }

  private mutating func judged() {
    if isOpen { context.openAttempts.end(attempt) }
    isOpen = false
  }

  private static let patience: Duration = .seconds(30)
}
