import LoginProtocol

/// The attempts that one conversation has counted.
struct Attempts {
  let name: LoginName
  let context: LoginContext
  private var counted = 0

  init(name: LoginName, context: LoginContext) {
    self.name = name
    self.context = context
  }

  mutating func begin() async throws -> AttemptVerdict {
    let verdict = try await context.accounts.beginAttempt(name, policy: context.attempts)
    if verdict == .go { counted += 1 }
    return verdict
  }

  func succeeded() async throws { try await context.accounts.attemptSucceeded(name) }

  /// The last attempt was neither right nor wrong.
  mutating func hadNoVerdict() async throws {
    guard counted > 0 else { return }
    counted -= 1
    try await context.accounts.attemptHadNoVerdict(name)
  }
}
