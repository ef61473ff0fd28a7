import Cognito

/// `GET {issuer}/.well-known/jwks.json`: the public halves of the pool's signing keys (RFC 7517).
enum KeySetRoute: HTTPRoute {
  static func respond(to request: PoolRequest, _ context: PoolContext) throws -> PoolResponse? {
    guard
      request.method == "GET" || request.method == "HEAD",
      let (_, poolID) = WellKnown.issuer(in: request.path, document: "jwks.json")
    else { return nil }
    guard try context.store.read({ try $0.pools.find(poolID) }) != nil else { return WellKnown.noSuchPool }
    return .json(
      try context.keys.keySet(poolID: poolID),
      headers: [(name: "Cache-Control", value: "public, max-age=60")])
  }
}
