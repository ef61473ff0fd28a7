import FoundationEssentials

extension TokenVerifier {
  /// Accepts the tokens of one user pool, under each of its ``UserPool/issuers``: a token is checked with the keys of the
  /// issuer that it names.
  ///
  /// - Parameters:
  ///   - pool: whose tokens are accepted.
  ///   - clients: app clients whose tokens are accepted.
  ///   - keys: the pool's signing keys, where they are not to be fetched; when not given, those that the pool publishes.
  ///   - transport: how to fetch the keys.
  ///   - leeway: by how much the pool's clock may differ from ours.
  ///   - now: the clock.
  public init(
    pool: UserPool, clients: Clients, keys: (any KeySource)? = nil, transport: any HTTPTransport = CurlTransport(),
    leeway: Duration = .zero, now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.init(
      TrustedPool.all(of: pool, clients: clients, keys: keys, transport: transport), leeway: leeway, now: now)
  }
}

extension TokenVerifier.TrustedPool {
  /// A user pool under each of its issuers, for verifiers that trust several pools.
  ///
  /// - Parameters:
  ///   - pool: whose tokens are accepted.
  ///   - clients: app clients whose tokens are accepted.
  ///   - keys: the pool's signing keys; when not given, those that it publishes.
  ///   - transport: how to fetch the keys.
  public static func all(
    of pool: UserPool, clients: TokenVerifier.Clients, keys: (any KeySource)? = nil,
    transport: any HTTPTransport = CurlTransport()
  ) -> [Self] {
    pool.issuers.map { issuer in
      Self(
        issuer: issuer.name, clients: clients, keys: keys ?? RemoteKeys(url: issuer.keysURL, transport: transport))
    }
  }
}
