import Cognito

/// Lists and objects inside ChallengeParameters, which are all strings.
enum ChallengeText {
  static func list(_ items: [String]) -> String {
    String(decoding: JSONValue.array(items.map { .string($0) }).serialized(), as: UTF8.self)
  }
}
