import Cognito

/// What stands in for a Lambda function: a program on this machine, or an address.
package enum TriggerTarget: Sendable, Equatable {
  /// Program (an absolute path) and arguments. It reads the event from standard input and writes it, with its `response`
  /// filled in, to standard output.
  case command([String])
  /// The event is posted there; the answer's body is what the program would have written.
  case url(String, headers: [String: String])
}

/// Which triggers run what: `--triggers FILE`, a JSON object whose keys are
/// - a trigger's name (`PreSignUp`): for every pool,
/// - a pool's id, a slash and a trigger's name: for that pool,
/// - an ARN: for pools whose `LambdaConfig` names it.
///
/// It is a file and not an operation of the API: whoever can reach the pool must not be able to run programs.
package struct TriggerMap: Sendable {
  private let targets: [String: TriggerTarget]

  package init(_ targets: [String: TriggerTarget] = [:]) { self.targets = targets }

  /// - Throws: ``TriggerMapError``.
  package init(json: [UInt8]) throws {
    guard let members = try? JSONValue.parse(json, maximumDepth: 8, maximumBytes: 1 << 20).object else {
      throw TriggerMapError(description: "The triggers file isn't a JSON object.")
    }
    targets = try Dictionary(uniqueKeysWithValues: members.map { ($0.key, try Self.target($0.value, of: $0.key)) })
  }

  /// What a trigger of a pool runs. An ARN that the file doesn't explain is an error, not "no trigger": the function may be
  /// the one that refuses people.
  func target(_ trigger: Trigger, _ pool: PoolRecord) throws(PoolException) -> TriggerTarget? {
    if let arn = pool.settings.lambdaConfig?.arn(of: trigger) {
      guard let target = targets[arn] else {
        throw PoolException(
          "UnexpectedLambdaException", "\(trigger.rawValue) names \(arn), for which no program is set (--triggers).")
      }
      return target
    }
    return targets["\(pool.id)/\(trigger.rawValue)"] ?? targets[trigger.rawValue]
  }

  func has(_ trigger: Trigger, _ pool: PoolRecord) -> Bool {
    pool.settings.lambdaConfig?.arn(of: trigger) != nil || targets["\(pool.id)/\(trigger.rawValue)"] != nil
      || targets[trigger.rawValue] != nil
  }

  private static func target(_ value: JSONValue, of name: String) throws -> TriggerTarget {
    if let words = value["command"]?.array?.compactMap(\.string), let program = words.first {
      guard program.hasPrefix("/") else {
        throw TriggerMapError(description: "\(name): \(program) must be an absolute path.")
      }
      return .command(words)
    }
    if let url = value["url"]?.string {
      return .url(url, headers: (value["headers"]?.object ?? [:]).compactMapValues(\.string))
    }
    throw TriggerMapError(description: #"\#(name) needs {"command":["/path", …]} or {"url":"https://…"}."#)
  }
}

package struct TriggerMapError: Error, CustomStringConvertible {
  package let description: String
}

extension TriggerSettings {
  func arn(of trigger: Trigger) -> String? {
    switch trigger {
    case .preSignUp: preSignUp
    case .postConfirmation: postConfirmation
    case .preAuthentication: preAuthentication
    case .postAuthentication: postAuthentication
    case .preTokenGeneration: preTokenGenerationConfig?.lambdaArn ?? preTokenGeneration
    case .defineAuthChallenge: defineAuthChallenge
    case .createAuthChallenge: createAuthChallenge
    case .verifyAuthChallengeResponse: verifyAuthChallengeResponse
    case .userMigration: userMigration
    case .customMessage: customMessage
    }
  }
}
