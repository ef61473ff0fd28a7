import Cognito

/// Pools, clients, groups and users from a JSON file, with the ids it names: so a test or a lesson always finds the same.
///
///     {"pools": [{"id": "local_Lesson001", "settings": {"PoolName": "lesson"}, "mfa": {"MfaConfiguration": "OPTIONAL", …},
///       "clients": [{"id": "lessonclient", "settings": {"ClientName": "app"}}],
///       "groups": [{"GroupName": "staff"}],
///       "users": [{"Username": "ada", "Password": "…", "Attributes": {"email": "ada@example.com"}, "Groups": ["staff"]}]}]}
///
/// `settings` and `mfa` are the inputs of CreateUserPool, CreateUserPoolClient and SetUserPoolMfaConfig.
package struct SeedFile: Sendable {
  private let pools: [OperationInput]

  /// - Throws: ``ImportError``.
  package init(json: [UInt8]) throws {
    guard let pools = try? JSONValue.parse(json, maximumDepth: 16, maximumBytes: 64 << 20)["pools"]?.array else {
      throw ImportError(description: #"A seed file is a JSON object with a list "pools"."#)
    }
    self.pools = pools.map { OperationInput($0.object ?? [:]) }
  }

  /// Makes what isn't there yet: a pool whose id exists is left as it is, with all that is in it.
  package func apply(to context: PoolContext) throws {
    for entry in pools {
      let id = try entry.string("id")
      guard id.utf8.count <= 55, Pattern.userPoolIdType.matches(id) else {
        throw ImportError(description: "\(id) can't be a pool's id: it must look like local_Abc123.")
      }
      guard try context.store.read({ try $0.pools.find(id) }) == nil else { continue }
      let settings = try entry.object("settings")
      try CreateUserPool.checkInput(settings)
      let pool = try PoolFactory.make(settings, id: id, context: context)
      if let mfa = try entry.optionalObject("mfa") {
        let input = OperationInput(mfa.members.merging(["UserPoolId": .string(id)]) { $1 })
        _ = try Responder.perform("SetUserPoolMfaConfig", input, context)
      }
      for client in try entry.objects("clients") { try make(client, in: pool, context) }
      let content = OperationInput(entry.members.filter { ["groups", "users"].contains($0.key) })
      _ = try UserImport(content).apply(to: try context.pool(id), context)
    }
  }

  private func make(_ client: OperationInput, in pool: PoolRecord, _ context: PoolContext) throws {
    let settings = try client.object("settings")
    let id = try client.optionalString("id")
    guard id.map({ $0.utf8.count <= 128 && Pattern.clientIdType.matches($0) }) ?? true else {
      throw ImportError(description: "\(id ?? "") can't be a client's id: letters, digits, _ and + only.")
    }
    let named = OperationInput(settings.members.merging(["UserPoolId": .string(pool.id)]) { $1 })
    try CreateUserPoolClient.checkInput(named)
    _ = try ClientFactory.make(named, id: id, in: pool, context: context)
  }
}

/// What is wrong with a file that somebody wants to read in.
package struct ImportError: Error, CustomStringConvertible {
  package let description: String
}
