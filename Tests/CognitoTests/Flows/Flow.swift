import Cognito
import Testing

/// Something that users or administrators do, from the first call to the last.
struct Flow: Sendable {
  let name: String
  /// What moto doesn't have of it, or has otherwise than AWS; `nil` when the flow runs there as it is.
  let motoLacks: String?
  let poolSettings: JSONValue
  /// What stands in for the pool's Lambda functions.
  let triggers: FlowTriggers.Answers
  let run: @Sendable (FlowTarget) async throws -> Void

  init(
    _ name: String, motoLacks: String? = nil, pool: JSONValue = [:], triggers: FlowTriggers.Answers = [:],
    _ run: @escaping @Sendable (FlowTarget) async throws -> Void
  ) {
    self.name = name
    self.motoLacks = motoLacks
    poolSettings = pool
    self.triggers = triggers
    self.run = run
  }

  static let all: [Flow] = [
    signingIn, names, firstFactors, passkeys, customAuth, accounts, demands, factors, secondFactors, devices, sessions,
    hosted,
    identities, administration, newService,
  ].flatMap { $0 }
}

extension Flow: CustomTestStringConvertible {
  var testDescription: String { name }
}
