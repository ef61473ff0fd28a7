import Cognito

/// One value of a user pool's setting, as Tests/Vectors/pool_settings.json judges it.
package struct PoolSetting: Sendable, CustomStringConvertible {
  /// As configuration files write it.
  package let key: String
  package let value: String
  package let isGood: Bool

  package var description: String { "\(key) = \(String(reflecting: value)) (\(isGood ? "good" : "bad"))" }

  package static let keys = ["user_pool_id", "client_id", "region", "endpoint", "issuer"]

  package static let all: [PoolSetting] = {
    let table = Vectors.load("pool_settings.json")
    return keys.flatMap { key in
      ["good", "bad"].flatMap { verdict in
        (table[key] ?? .null).list(verdict).map { value in
          guard let text = value.string else { preconditionFailure("a \(key) that is no text") }
          return PoolSetting(key: key, value: text, isGood: verdict == "good")
        }
      }
    }
  }()

  /// A section with this setting and what else a section must have.
  /// - Returns: its text, and which line of it the setting is in, counted from 1
  package func section(_ header: String) -> (text: String, line: Int) {
    var lines = [header, "user_pool_id = eu-west-1_A", "client_id = 4"]
    if let place = lines.firstIndex(where: { $0.hasPrefix(key + " ") }) {
      lines[place] = "\(key) = \(value)"
      return (lines.joined(separator: "\n") + "\n", place + 1)
    }
    lines.append("\(key) = \(value)")
    return (lines.joined(separator: "\n") + "\n", lines.count)
  }
}
