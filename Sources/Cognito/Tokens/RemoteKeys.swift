import FoundationEssentials
import Synchronization

/// A user pool's published keys, fetched when first needed and kept.
///
/// Pools change their keys: a token with an unknown `kid` makes one new fetch, but never more than one in
/// `refetchInterval`, so that forged tokens can't make us flood the issuer.
public actor RemoteKeys: KeySource {
  /// Where the key set is.
  public nonisolated let url: String

  private let transport: any HTTPTransport
  private let timeout: Duration
  private let refetchInterval: Duration
  private let now: @Sendable () -> ContinuousClock.Instant
  /// Outside the actor, so that a key that is here already costs no change of thread.
  private let keys = Mutex<JWKS?>(nil)
  private var lastFetch: ContinuousClock.Instant?
  private var fetch: Task<JWKS, any Error>?

  /// - Parameters:
  ///   - url: of the key set, https or on this machine.
  ///   - transport: how to get it.
  ///   - timeout: for one fetch.
  ///   - refetchInterval: shortest time between two fetches for unknown keys.
  ///   - now: the clock.
  public init(
    url: String, transport: any HTTPTransport, timeout: Duration = .seconds(10),
    refetchInterval: Duration = .seconds(60),
    now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
  ) {
    self.url = url
    self.transport = transport
    self.timeout = timeout
    self.refetchInterval = refetchInterval
    self.now = now
  }

  /// The key of that name, after one fetch if it is unknown.
  ///
  /// - Parameter kid: the name, as in a token's header.
  /// - Throws: ``CognitoError`` when the keys can't be fetched.
  public nonisolated(nonsending) func key(kid: String) async throws(CognitoError) -> JWK? {
    if let key = published?[kid] { return key }
    return try await unknownKey(kid)
  }

  private nonisolated var published: JWKS? { keys.withLock { $0 } }

  private func unknownKey(_ kid: String) async throws(CognitoError) -> JWK? {
    // Another caller may have fetched it while this one waited for the actor.
    if let key = published?[kid] { return key }
    if let lastFetch, published != nil, fetch == nil, lastFetch.duration(to: now()) < refetchInterval { return nil }
    return try await fetched()[kid]
  }

  /// One fetch for all who wait. It is a task of its own: a caller that is cancelled doesn't take it from the rest.
  private func fetched() async throws(CognitoError) -> JWKS {
    if let fetch { return try await CognitoError.typed { try await fetch.value } }
    let request = HTTPRequest(method: "GET", url: url, headers: [.init("Accept", "application/json")])
    let (transport, deadline) = (transport, ContinuousClock.now + timeout)
    let task = Task {
      let response = try await transport.send(request, deadline: deadline)
      guard response.status == 200 else {
        throw CognitoError(
          .malformedResponse, "The key set's address answered with status \(response.status).",
          httpStatus: response.status)
      }
      return try JWKS(json: response.body)
    }
    fetch = task
    defer { fetch = nil }
    let result = try await CognitoError.typed { try await task.value }
    // A fetch that failed doesn't count: it has not said that the key isn't there.
    lastFetch = now()
    keys.withLock { $0 = result }
    return result
  }
}
