import Cognito

/// Resources that belong to an app client and have an id of their own: terms, looks.
enum ClientResource {
  private static let most = 10_000

  /// - Throws: ResourceNotFoundException that calls it `what`.
  static func find(
    _ kind: ResourceRecord.Kind, _ member: String, what: String, _ request: OperationRequest
  ) throws -> ResourceRecord {
    let pool = try request.pool()
    let id = try request.input.string(member)
    guard let found = try request.context.store.read({ try $0.resources.find(kind, id, in: pool.id) }) else {
      throw PoolException.resourceNotFound("\(what) \(id) does not exist.")
    }
    return found
  }

  /// A client's resources of a kind.
  static func all<Access>(
    _ kind: ResourceRecord.Kind, of client: String, in pool: String, _ transaction: Transaction<Access>
  ) throws -> [ResourceRecord] {
    try transaction.resources.list(kind, pool: pool, limit: most).filter { $0.members["ClientId"]?.string == client }
  }

  static func make(
    _ kind: ResourceRecord.Kind, _ members: [String: JSONValue], _ client: ClientRecord, _ request: OperationRequest
  ) -> ResourceRecord {
    let now = request.context.clock.now
    let document = members.merging(["ClientId": .string(client.id)]) { $1 }
    return ResourceRecord(
      poolID: client.poolID, kind: kind, name: request.context.random.uuid(),
      json: JSONValue.object(document).serialized(), createdAt: now, modifiedAt: now)
  }
}
