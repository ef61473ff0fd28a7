/// Something other than an operation that answers HTTP: key sets, discovery, OAuth endpoints, pages.
/// Routes are asked in the order of ``PoolRoutes/all``; the first that doesn't say nil answers.
package protocol HTTPRoute: Sendable {
  /// Runs on a worker thread. Nil: not my path.
  static func respond(to request: PoolRequest, _ context: PoolContext) throws -> PoolResponse?
}

/// Every route the pool's HTTP server knows.
package enum PoolRoutes {
  package static let all: [any HTTPRoute.Type] = [
    OperationEndpoint.self,
    KeySetRoute.self,
    DiscoveryRoute.self,
    HealthRoute.self,
    AuthorizeRoute.self,
    LoginRoute.self,
    SignUpRoute.self,
    ConfirmSignUpRoute.self,
    ConfirmUserRoute.self,
    ForgotPasswordRoute.self,
    ConfirmForgotPasswordRoute.self,
    LogoutRoute.self,
    TokenRoute.self,
    UserInfoRoute.self,
    RevokeRoute.self,
    StyleRoute.self,
    AdminPage.self,
  ]
}
