/// The ways in which a user can sign in, each with the methods that it takes.
struct StepUpWays {
  private let ways: [Set<AuthenticationMethod>]
  private let shown: Set<AuthenticationMethod>

  init(_ turn: SignInTurn) throws {
    shown = Set(turn.state.methods)
    // A second factor that the user has is asked for after every password.
    let seconds = turn.user.map { SecondFactor.available(to: $0, in: turn.pool) } ?? []
    var ways: [Set<AuthenticationMethod>] = []
    for method in try FirstFactorChoice.available(turn).compactMap(\.method) {
      if method == .password, !seconds.isEmpty {
        ways += seconds.compactMap(\.method).map { [.password, $0] }
      } else {
        ways.append([method])
      }
    }
    self.ways = ways
  }

  /// Those that reach a level, together with what was shown already.
  func reaching(_ level: Int) -> [Set<AuthenticationMethod>] {
    ways.filter { (AuthenticationMethod.level(of: $0.union(shown)) ?? 0) >= level }
  }
}
