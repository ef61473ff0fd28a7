import Cognito
import LoginProtocol
import LoginService
import Testing

@Suite("Attempts")
struct AttemptLogTests {
  static let policy = AttemptPolicy(
    own: .init(free: 3, doublings: 5, longestWait: 60, decay: 600),
    name: .init(free: 8, doublings: 3, longestWait: 10, decay: 60),
    strangers: .init(free: 4, doublings: 5, longestWait: 60, decay: 600), trust: 1000, originsEach: 4, capacity: 20)
  let here = Origin.local(1000)
  let there = Origin.remote("192.0.2.7")

  func world(directory: TemporaryDirectory? = nil) throws -> World {
    try World(attempts: Self.policy, directory: directory)
  }

  func alice(_ origin: Origin) throws -> Attempt { Attempt(try login("alice"), from: origin) }

  @Test("after the free ones each wrong answer doubles the wait, up to a limit")
  func waits() {
    #expect((0...10).map { Self.policy.own.wait(after: $0) } == [0, 0, 0, 1, 2, 4, 8, 16, 60, 60, 60])
    #expect(Self.policy.own.wait(after: .max) == 60)
  }

  @Test("a wait is over when its time has passed, and a right answer ends the count")
  func passes() async throws {
    let world = try world()
    let (log, attempt) = (world.context.attempts, try alice(here))
    for _ in 0..<3 { #expect(try await log.begin(attempt) == .go) }
    #expect(try await log.begin(attempt) == .wait(1))
    world.clock.advance(1)
    #expect(try await log.begin(attempt) == .go)
    #expect(try await log.begin(attempt) == .wait(2))
    try await log.succeeded(attempt)
    #expect(try await log.begin(attempt) == .go)
  }

  @Test("login-security 8: who guesses makes nobody wait who comes from elsewhere")
  func elsewhere() async throws {
    let world = try world()
    let log = world.context.attempts
    for _ in 0..<3 { #expect(try await log.begin(alice(here)) == .go) }
    #expect(try await log.begin(alice(here)) == .wait(1))
    #expect(try await log.begin(alice(there)) == .go)
    #expect(try await log.begin(Attempt(login("bob"), from: here)) == .go)
  }

  @Test("guesses from everywhere are slowed down by the name, but not where the person signs in from")
  func everywhere() async throws {
    let world = try world()
    let log = world.context.attempts
    try await log.succeeded(alice(there))
    for host in 0..<8 { #expect(try await log.begin(alice(.remote("198.51.100.\(host)"))) == .go) }
    #expect(try await log.begin(alice(.remote("198.51.100.9"))) == .wait(1))
    #expect(try await log.begin(alice(there)) == .go)
    // A place is the person's for a while only.
    world.clock.advance(1000)
    for host in 0..<9 { _ = try await log.begin(alice(.remote("203.0.113.\(host)"))) }
    #expect(try await log.begin(alice(there)) != .go)
  }

  @Test("wrong answers are forgotten with time")
  func decays() async throws {
    let world = try world()
    let log = world.context.attempts
    for _ in 0..<30 {
      world.clock.advance(60)
      _ = try await log.begin(alice(here))
    }
    let before = try #require(try await log.waits(limit: 9).first { $0.origin == here.description })
    #expect(before.count > 6 && before.count <= 12)
    world.clock.advance(Int64(before.count) * 600)
    for _ in 0..<3 { #expect(try await log.begin(alice(here)) == .go) }
  }

  @Test("himmelblau #612: the count survives a restart, and is written before anything is verified")
  func persists() async throws {
    let directory = try TemporaryDirectory()
    for _ in 0..<3 {
      let world = try world(directory: directory)
      #expect(try await world.context.attempts.begin(alice(here)) == .go)
    }
    #expect(try await world(directory: directory).context.attempts.begin(alice(here)) == .wait(1))
  }

  @Test("an attempt without a verdict doesn't count, for the place or for the name")
  func noVerdict() async throws {
    let world = try world()
    defer { withExtendedLifetime(world) {} }
    let log = world.context.attempts
    for _ in 0..<30 {
      #expect(try await log.begin(alice(here)) == .go)
      try await log.hadNoVerdict(alice(here))
    }
  }

  @Test("machine finding 9: a clock set back costs the wait once, not until it is there again")
  func clockSetBack() async throws {
    let world = try world()
    let (log, attempt) = (world.context.attempts, try alice(here))
    for _ in 0..<4 {
      _ = try await log.begin(attempt)
      world.clock.advance(1)
    }
    world.clock.advance(-1_000_000)
    #expect(try await log.begin(attempt) == .wait(2))
    world.clock.advance(1)
    #expect(try await log.begin(attempt) == .wait(1))
    world.clock.advance(1)
    #expect(try await log.begin(attempt) == .go)
    #expect(try await log.begin(attempt) == .wait(4))
  }

  @Test("login-security 7: however many names are made up, people known to the machine are never refused for them")
  func madeUpNames() async throws {
    let world = try world()
    let log = world.context.attempts
    for origin in 0..<100 {
      for _ in 0..<5 { _ = try await log.begin(Attempt(nil, from: .remote("host-\(origin)"))) }
    }
    #expect(try await log.begin(alice(here)) == .go)
    // Names of one origin are one count: a stranger who tries many waits like one who tries often.
    #expect(try await log.begin(Attempt(nil, from: .remote("host-99"))) == .wait(1))
  }

  @Test("a name that is tried from everywhere keeps few rows, and its own count")
  func rowsOfAName() async throws {
    let world = try world()
    defer { withExtendedLifetime(world) {} }
    let log = world.context.attempts
    for host in 0..<8 { _ = try await log.begin(alice(.remote("host-\(host)"))) }
    #expect(try await log.waits(limit: 9) == [AttemptWait(name: "alice", origin: nil, count: 8, seconds: 1)])
    #expect(try await log.begin(alice(.remote("host-0"))) == .wait(1))
  }

  @Test("root can end a wait")
  func unlock() async throws {
    let world = try world()
    try await world.know("alice")
    let log = world.context.attempts
    for _ in 0..<4 { _ = try await log.begin(alice(here)) }
    let waits = try await log.waits(limit: 10)
    #expect(waits == [AttemptWait(name: "alice", origin: "uid 1000", count: 3, seconds: 1)])
    let requests = Requests(context: world.context) { [:] }
    let root = Peer(pid: 1, uid: 0, gid: 0)
    #expect(await requests.answer(.loginUnlock(try login("alice")), from: Peer(pid: 1, uid: 7, gid: 7)) != .done)
    #expect(try await log.begin(alice(here)) == .wait(1))
    #expect(await requests.answer(.loginUnlock(try login("alice")), from: root) == .done)
    #expect(try await log.begin(alice(here)) == .go)
    guard case .refused(let refusal) = await requests.answer(.loginUnlock(try login("nobody-here")), from: root) else {
      Issue.record("an unknown name can't be unlocked")
      return
    }
    #expect(refusal.code == .unknownName)
  }
}
