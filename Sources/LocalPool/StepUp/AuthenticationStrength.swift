/// How strongly a user has shown who they are, as tokens say it: `acr` and `amr`.
package struct AuthenticationStrength: Sendable, Equatable {
  /// The name of the level; nil for ways that reach none, and sign-ins of before there were levels.
  package var acr: String?
  /// The methods, in the order in which they were completed; `mfa` last where there were several.
  package var amr: [String]

  package init(acr: String? = nil, amr: [String] = []) {
    self.acr = acr
    self.amr = amr
  }

  /// What completed methods amount to in this pool.
  init(_ methods: [AuthenticationMethod], in pool: PoolRecord) {
    let distinct = methods.reduce(into: [AuthenticationMethod]()) { if !$0.contains($1) { $0.append($1) } }
    acr = AuthenticationMethod.level(of: distinct).map { pool.settings.acrNames[$0 - 1] }
    amr = distinct.map(\.rawValue) + (distinct.count > 1 ? ["mfa"] : [])
  }
}
