import Cognito

/// Says where a pool's logs go. It is kept and shown; there is no AWS here that they could go to.
enum SetLogDeliveryConfiguration: PoolOperation {
  static let name = "SetLogDeliveryConfiguration"
  static let access = OperationAccess.iam

  static func handle(_ request: OperationRequest) throws -> JSONValue {
    let pool = try request.pool()
    let now = request.context.clock.now
    let setting = ResourceRecord(
      poolID: pool.id, kind: .logDelivery, name: GetLogDeliveryConfiguration.key,
      json: JSONValue.object(request.given(["LogConfigurations"])).serialized(), createdAt: now, modifiedAt: now)
    try request.context.store.write { try $0.resources.save(setting) }
    return try GetLogDeliveryConfiguration.handle(request)
  }
}
