import Cognito

/// A step of a sign-in that the browser has to answer.
struct HostedChallenge: Codable, Sendable {
  let name: String
  var session: String
  let username: String
  var parameters: [String: String] = [:]
  /// MFA_SETUP: the factor that is being set up; nil as long as the person hasn't chosen.
  var setUp: String?

  /// A list inside the parameters, which are all strings.
  func list(_ parameter: String) -> [String] {
    let value = parameters[parameter].flatMap { try? JSONValue.parse(Array($0.utf8)) }
    return (value?.array ?? []).compactMap(\.string)
  }
}
