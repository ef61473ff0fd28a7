import Cognito
import FoundationEssentials

/// What users do with their own devices and administrators with anybody's.
enum DeviceActions {
  static let unknown = PoolException.resourceNotFound("Device does not exist.")

  static func get(_ key: String, of user: UserRecord, _ context: PoolContext) throws -> JSONValue {
    guard let device = try context.store.read({ try $0.devices.find(key, of: user.id) }) else { throw unknown }
    return ["Device": device.json]
  }

  static func list(of user: UserRecord, _ request: OperationRequest) throws -> JSONValue {
    let limit = try Paging.limit(request.input)
    let after = try Paging.key(request.input, "PaginationToken", of: request.operation)
    let devices = try request.context.store.read {
      try $0.devices.list(of: user.id, after: after, limit: limit + 1)
    }
    let page = Paging.page(devices, limit: limit, of: request.operation) { $0.key }
    return .fields(["Devices": .array(page.items.map(\.json)), "PaginationToken": page.token])
  }

  /// Forgets the device, and the refresh tokens that it got.
  static func forget(_ key: String, of user: UserRecord, _ context: PoolContext) throws {
    try context.store.write { transaction in
      guard try transaction.devices.find(key, of: user.id) != nil else { throw unknown }
      try transaction.devices.delete(key, of: user.id)
      try transaction.refreshTokens.delete(deviceKey: key, of: user.id)
    }
  }

  static func setRemembered(
    _ isRemembered: Bool, _ key: String, of user: UserRecord, _ context: PoolContext
  ) throws {
    try change(key, of: user, context) { $0.isRemembered = isRemembered }
  }

  static func change(
    _ key: String, of user: UserRecord, _ context: PoolContext, _ change: (inout DeviceRecord) throws -> Void
  ) throws {
    try context.store.write { transaction in
      guard var device = try transaction.devices.find(key, of: user.id) else { throw unknown }
      try change(&device)
      device.modifiedAt = context.clock.now
      try transaction.devices.save(device)
    }
  }

  static func requireTracking(_ pool: PoolRecord) throws {
    guard pool.settings.tracksDevices else {
      throw PoolException.invalidParameter("Device tracking is not enabled for the user pool.")
    }
  }
}
