import Cognito

extension Fault {
  /// Reads a fault as the control interface takes it: `{"kind":"exception","operation":"InitiateAuth","count":2, …}`.
  init(_ input: OperationInput) throws(PoolException) {
    let count: Int? = try input.bool("always") ? nil : try input.optionalInt("count") ?? 1
    let skip = try input.optionalInt("skip") ?? 0
    guard count ?? 1 > 0, skip >= 0 else { throw .invalidParameter("count must be at least 1, skip at least 0.") }
    self.init(
      try Self.kind(input), on: try input.optionalString("operation") ?? "*", count: count, skip: skip,
      executes: try input.bool("executes"))
  }

  private static func kind(_ input: OperationInput) throws(PoolException) -> Kind {
    switch try input.string("kind") {
    case "latency":
      guard let seconds = input["seconds"]?.double, (0...3600).contains(seconds) else {
        throw .invalidParameter("latency needs seconds, 0 to 3600.")
      }
      return .latency(.seconds(seconds))
    case "exception":
      let type = try input.optionalString("type") ?? "TooManyRequestsException"
      let isInternal = type.hasPrefix("Internal")
      return .exception(
        type: type, message: try input.optionalString("message") ?? "Asked for by the control interface.",
        status: try status(input, default: isInternal ? 500 : 400))
    case "status": return .status(try status(input, default: 503))
    case "drop": return .drop
    case "truncate": return .truncate(bytes: max(0, try input.optionalInt("bytes") ?? 10))
    case "garbage": return .garbage
    default:
      throw .invalidParameter("kind must be latency, exception, status, drop, truncate or garbage.")
    }
  }

  private static func status(_ input: OperationInput, default standard: Int) throws(PoolException) -> Int {
    let status = try input.optionalInt("status") ?? standard
    guard (200...599).contains(status) else { throw .invalidParameter("status must be 200 to 599.") }
    return status
  }

  var json: JSONValue {
    var members: [String: JSONValue] = [
      "operation": .string(target), "skip": .int(Int64(skip)), "executes": .bool(executes),
    ]
    members["always"] = .bool(count == nil)
    if let count { members["count"] = .int(Int64(count)) }
    switch kind {
    case .latency(let span): members.merge(["kind": "latency", "seconds": .double(span / .seconds(1))]) { $1 }
    case .exception(let type, let message, let status):
      members.merge([
        "kind": "exception", "type": .string(type), "message": .string(message), "status": .int(Int64(status)),
      ]) { $1 }
    case .status(let status): members.merge(["kind": "status", "status": .int(Int64(status))]) { $1 }
    case .drop: members["kind"] = "drop"
    case .truncate(let bytes): members.merge(["kind": "truncate", "bytes": .int(Int64(bytes))]) { $1 }
    case .garbage: members["kind"] = "garbage"
    }
    return .object(members)
  }
}
