/// `GET /health`: 200 as soon as the pool answers requests, for scripts that wait for it.
enum HealthRoute: HTTPRoute {
  static func respond(to request: PoolRequest, _ context: PoolContext) -> PoolResponse? {
    request.method == "GET" && request.path == "/health" ? .text("ok\n") : nil
  }
}
