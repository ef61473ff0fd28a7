/// The level that a sign-in on the pages is to reach: OpenID Connect's `acr_values`.
enum HostedLevel {
  /// The first level asked for that the user can reach with a password and a second factor; nil where none is asked for, or
  /// none can be reached: the claim is a wish, and what was reached stands in the tokens.
  static func target(of request: AuthorizationRequest, _ user: UserRecord?, in pool: PoolRecord) -> Int? {
    guard let values = request.acrValues, pool.settings.hasEssentials else { return nil }
    let names = pool.settings.acrNames
    let asked = values.split(separator: " ").compactMap { value in names.firstIndex(of: String(value)).map { $0 + 1 } }
    let seconds = user.map { SecondFactor.available(to: $0, in: pool) } ?? []
    let reachable = seconds.compactMap(\.method).compactMap { AuthenticationMethod.level(of: [.password, $0]) }
    let best = reachable.max() ?? 1
    return asked.first { $0 <= best }
  }
}
