/// How git shows a token to a server.
package enum GitScheme: String, Sendable {
  /// `Authorization: Bearer`, which git can send since 2.46.
  case bearer
  /// The token as password beside the user name.
  case basic

  /// - Parameters:
  ///   - chosen: what the profile says; nil leaves it to the server
  ///   - canBearer: whether this git can
  ///   - offers: what the server said when it refused, as far as git has passed it on (since 2.41). Git says nothing when
  ///     it asks before the server does (`http.proactiveAuth=auto`) or when a person asks by hand: then a token goes as
  ///     what it is. With `http.proactiveAuth=basic` git itself says "Basic".
  static func of(chosen: GitScheme?, canBearer: Bool, offers: HTTPChallenges) -> GitScheme {
    guard canBearer else { return .basic }
    if let chosen { return chosen }
    return offers.isSilent || offers.offer("bearer") ? .bearer : .basic
  }
}
