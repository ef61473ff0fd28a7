import FoundationEssentials
import Synchronization

/// A user pool's published keys, fetched when first needed and kept.
///
/// Pools change their keys: a token with an unknown `kid` makes one new fetch, but never more than one in
/// `refetchInterval`, so that forged tokens can't make us flood the issuer. A fetch that fails is repeated, with growing
/// waits, within `timeout`; it is one for all who wait, and goes on for the others when one of them is cancelled.
public final class RemoteKeys: KeySource {
  private struct State {
    var keys: JWKS?
    var lastFetch: ContinuousClock.Instant?
  }

  /// Where the key set is.
  public let url: String

  private let transport: any HTTPTransport
  private let timeout: Duration
  private let refetchInterval: Duration
  private let now: @Sendable () -> ContinuousClock.Instant
  private let retry: RetryPolicy
  private let state = Mutex(State())
  private let flight = SingleFlight<JWKS>()

  /// - Parameters:
  ///   - url: of the key set, https or on this machine.
  ///   - transport: how to get it.
  ///   - timeout: for one fetch with all its attempts.
  ///   - refetchInterval: shortest time between two fetches for unknown keys.
  ///   - retry: attempts and waits.
  ///   - now: the clock.
  public init(
    url: String, transport: any HTTPTransport, timeout: Duration = .seconds(10),
    refetchInterval: Duration = .seconds(60), retry: RetryPolicy = RetryPolicy(),
    now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
  ) {
    self.url = url
    self.transport = transport
    self.timeout = timeout
    self.refetchInterval = refetchInterval
    self.retry = retry
    self.now = now
  }

  /// The key of that name, after one fetch if it is unknown.
  ///
  /// - Parameter kid: the name, as in a token's header.
  /// - Throws: ``CognitoError`` when the keys can't be fetched; ``CognitoError/Code/cancelled`` when the calling task is
  ///   cancelled.
  public nonisolated(nonsending) func key(kid: String) async throws(CognitoError) -> JWK? {
    let (keys, isRecent) = known
    if let key = keys?[kid] { return key }
    if keys != nil, isRecent { return nil }
    let fetched = try await CognitoError.typed {
      try await flight.run { [self] in
        // The flight before this one may have brought it.
        let (keys, isRecent) = known
        if let keys, isRecent { return keys }
        return try await fetch()
      }
    }
    return fetched[kid]
  }

  /// What is here, and whether it is too new for another fetch.
  private var known: (JWKS?, Bool) {
    let state = state.withLock { $0 }
    return (state.keys, state.lastFetch.map { $0.duration(to: now()) < refetchInterval } ?? false)
  }

  private func fetch() async throws(CognitoError) -> JWKS {
    let request = HTTPRequest(method: "GET", url: url, headers: [.init("Accept", "application/json")])
    let response = try await transport.fetch(
      request, deadline: .now + timeout, attemptTimeout: timeout / 2, retry: retry)
    guard response.status == 200 else {
      throw CognitoError(
        .malformedResponse, "The key set's address answered with status \(response.status).",
        httpStatus: response.status)
    }
    let keys = try JWKS(json: response.body)
    // A fetch that failed doesn't count: it has not said that the key isn't there.
    let moment = now()
    state.withLock { $0 = State(keys: keys, lastFetch: moment) }
    return keys
  }
}
