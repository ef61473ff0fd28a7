import LoginProtocol
import LoginService
import Testing

@Suite("Attempts")
struct AttemptsTests {
  let policy = AttemptPolicy(free: 3, longestWait: 60, capacity: 4)

  @Test("after the free ones each wrong answer doubles the wait, up to a limit")
  func waits() {
    #expect((0...10).map { policy.wait(after: $0) } == [0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60])
    #expect(policy.wait(after: .max) == 60)
  }

  @Test("a wait is over when its time has passed, and a right answer ends the count")
  func passes() async throws {
    let world = try World()
    let accounts = world.context.accounts
    let name = try login("alice")
    for _ in 0..<3 { #expect(try await accounts.beginAttempt(name, policy: policy) == .go) }
    #expect(try await accounts.beginAttempt(name, policy: policy) == .wait(1))
    world.clock.advance(1)
    #expect(try await accounts.beginAttempt(name, policy: policy) == .go)
    #expect(try await accounts.beginAttempt(name, policy: policy) == .wait(2))
    try await accounts.attemptSucceeded(name)
    #expect(try await accounts.beginAttempt(name, policy: policy) == .go)
  }

  @Test("himmelblau #612: the count survives a restart, and is written before anything is verified")
  func persists() async throws {
    let directory = try TemporaryDirectory()
    let name = try login("alice")
    for _ in 0..<3 {
      let world = try World(directory: directory)
      #expect(try await world.context.accounts.beginAttempt(name, policy: policy) == .go)
    }
    let world = try World(directory: directory)
    #expect(try await world.context.accounts.beginAttempt(name, policy: policy) == .wait(1))
  }

  @Test("an attempt without a verdict doesn't count")
  func noVerdict() async throws {
    let world = try World()
    let name = try login("alice")
    for _ in 0..<10 {
      #expect(try await world.context.accounts.beginAttempt(name, policy: policy) == .go)
      try await world.context.accounts.attemptHadNoVerdict(name)
    }
  }

  @Test("machine finding 9: a clock set back costs the wait once, not until it is there again")
  func clockSetBack() async throws {
    let world = try World()
    let name = try login("alice")
    for _ in 0..<4 {
      _ = try await world.context.accounts.beginAttempt(name, policy: policy)
      world.clock.advance(1)
    }
    world.clock.advance(-1_000_000)
    #expect(try await world.context.accounts.beginAttempt(name, policy: policy) == .wait(2))
    world.clock.advance(1)
    #expect(try await world.context.accounts.beginAttempt(name, policy: policy) == .wait(1))
    world.clock.advance(1)
    #expect(try await world.context.accounts.beginAttempt(name, policy: policy) == .go)
    // The count was kept.
    #expect(try await world.context.accounts.beginAttempt(name, policy: policy) == .wait(4))
  }

  @Test("when too many names are kept in mind new ones are refused, and no count is thrown away")
  func full() async throws {
    let world = try World()
    let accounts = world.context.accounts
    for index in 0..<4 { _ = try await accounts.beginAttempt(login("user\(index)"), policy: policy) }
    await #expect(throws: AccountError.full) { try await accounts.beginAttempt(login("late"), policy: policy) }
    #expect(try await accounts.beginAttempt(login("user0"), policy: policy) == .go)
    world.clock.advance(90_000)
    #expect(try await accounts.beginAttempt(login("late"), policy: policy) == .go)
  }
}
