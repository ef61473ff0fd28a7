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
    let keys = RemoteKeys(url: "https://example.com/jwks.json", transport: transport)
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
      url: "https://example.com/jwks.json", transport: transport, refetchInterval: .seconds(60),
      now: { start + elapsed.withLock { $0 } })
    #expect(try await keys.key(kid: "key-id-1=") != nil)
    elapsed.withLock { $0 = .seconds(61) }
    await #expect(throws: CognitoError(.malformedResponse, "")) { try await keys.key(kid: rotated.text("kid")) }
    #expect(try await keys.key(kid: rotated.text("kid")) != nil)
  }
}
