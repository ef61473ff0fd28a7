import Cognito
import FoundationEssentials
import Synchronization
import TestSupport
import Testing

private let jwks: JSONValue = Vectors.cognito["jwt"]?["jwks"] ?? .null

@Suite("Published keys")
struct RemoteKeysTests {
  @Test("are fetched once for a hundred callers")
  func once() async throws {
    let transport = ScriptedTransport { _, _ in HTTPResponse(status: 200, body: jwks.serialized()) }
    let keys = RemoteKeys(url: "https://example.com/jwks.json", transport: transport)
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<100 { group.addTask { try await keys.key(kid: "key-id-1=") != nil } }
      for try await found in group { #expect(found) }
    }
    #expect(transport.count == 1)
  }

  @Test("are fetched again for an unknown kid, once in a minute")
  func rotation() async throws {
    let rotated = try #require(jwks["keys"]?[1])
    let transport = ScriptedTransport { index, _ in
      let set: JSONValue = index == 0 ? ["keys": [jwks["keys"]?[0] ?? .null]] : ["keys": [rotated]]
      return HTTPResponse(status: 200, body: set.serialized())
    }
    let start = ContinuousClock.now
    let elapsed = Mutex(Duration.zero)
    let keys = RemoteKeys(
      url: "https://example.com/jwks.json", transport: transport, refetchInterval: .seconds(60),
      now: { start + elapsed.withLock { $0 } })
    #expect(try await keys.key(kid: "key-id-1=") != nil)
    for _ in 0..<5 { #expect(try await keys.key(kid: rotated.text("kid")) == nil) }
    #expect(transport.count == 1)
    elapsed.withLock { $0 = .seconds(61) }
    #expect(try await keys.key(kid: rotated.text("kid")) != nil)
    for _ in 0..<5 { #expect(try await keys.key(kid: "forged") == nil) }
    #expect(transport.count == 2)
  }

  @Test("that can't be fetched are an error, and asked for again")
  func failure() async throws {
    let transport = ScriptedTransport { index, _ in
      index == 0 ? HTTPResponse(status: 503) : HTTPResponse(status: 200, body: jwks.serialized())
    }
    let keys = RemoteKeys(url: "https://example.com/jwks.json", transport: transport, retry: .never)
    await #expect(throws: CognitoError(.malformedResponse, "")) { try await keys.key(kid: "key-id-1=") }
    #expect(try await keys.key(kid: "key-id-1=") != nil)
  }

  @Test("an unknown key is not taken for one that isn't there because a fetch has failed")
  func failureAfterRotation() async throws {
    let rotated = try #require(jwks["keys"]?[1])
    let transport = ScriptedTransport { index, _ in
      let set: JSONValue = index == 0 ? ["keys": [jwks["keys"]?[0] ?? .null]] : ["keys": [rotated]]
      return index == 1 ? HTTPResponse(status: 503) : HTTPResponse(status: 200, body: set.serialized())
    }
    let start = ContinuousClock.now
    let elapsed = Mutex(Duration.zero)
    let keys = RemoteKeys(
      url: "https://example.com/jwks.json", transport: transport, refetchInterval: .seconds(60), retry: .never,
      now: { start + elapsed.withLock { $0 } })
    #expect(try await keys.key(kid: "key-id-1=") != nil)
    elapsed.withLock { $0 = .seconds(61) }
    await #expect(throws: CognitoError(.malformedResponse, "")) { try await keys.key(kid: rotated.text("kid")) }
    #expect(try await keys.key(kid: rotated.text("kid")) != nil)
  }

  /// Waits that are noted, not waited for.
  private final class Waits: Sendable {
    private let list = Mutex<[Duration]>([])

    var all: [Duration] { list.withLock { $0 } }

    var policy: RetryPolicy {
      var retry = RetryPolicy()
      retry.random = { 1 }
      retry.sleep = { wait in self.list.withLock { $0.append(wait) } }
      return retry
    }
  }

  @Test("are asked for again, with growing waits, when the address fails or can't be reached")
  func repeated() async throws {
    let transport = ScriptedTransport { index, _ in
      switch index {
      case 0: throw CognitoError(.network, "broken")
      case 1: HTTPResponse(status: 503)
      case 2: HTTPResponse(status: 429, headers: ["Retry-After": "2"])
      default: HTTPResponse(status: 200, body: jwks.serialized())
      }
    }
    let waits = Waits()
    let keys = RemoteKeys(url: "https://example.com/jwks.json", transport: transport, retry: waits.policy)
    #expect(try await keys.key(kid: "key-id-1=") != nil)
    #expect(transport.count == 4)
    #expect(waits.all == [.milliseconds(100), .milliseconds(200), .seconds(2)])
  }

  @Test("are not asked for again when the address says no, nor past the deadline")
  func notRepeated() async throws {
    let transport = ScriptedTransport { _, _ in HTTPResponse(status: 404) }
    let keys = RemoteKeys(url: "https://example.com/jwks.json", transport: transport)
    await #expect(throws: CognitoError(.malformedResponse, "")) { try await keys.key(kid: "a") }
    #expect(transport.count == 1)
    let busy = ScriptedTransport { _, _ in HTTPResponse(status: 503, headers: ["Retry-After": "60"]) }
    let waits = Waits()
    let late = RemoteKeys(url: "https://example.com/jwks.json", transport: busy, retry: waits.policy)
    await #expect(throws: CognitoError(.malformedResponse, "")) { try await late.key(kid: "a") }
    #expect(busy.count == 1)
    #expect(waits.all.isEmpty)
  }

  @Test("a caller that is cancelled is let go, and the fetch goes on for the others")
  func cancelled() async throws {
    let (gate, open) = AsyncStream<Void>.makeStream()
    let transport = ScriptedTransport { _, _ in
      for await _ in gate { break }
      return HTTPResponse(status: 200, body: jwks.serialized())
    }
    let keys = RemoteKeys(url: "https://example.com/jwks.json", transport: transport)
    let first = Task { try await keys.key(kid: "key-id-1=") != nil }
    while transport.count == 0 { await Task.yield() }
    let second = Task { try await keys.key(kid: "key-id-1=") != nil }
    first.cancel()
    await #expect(throws: CognitoError(.cancelled, "")) { try await first.value }
    open.yield()
    #expect(try await second.value)
    #expect(transport.count == 1)
  }
}
