import Cognito
import FoundationEssentials

/// `/_control/…`: faults and the clock, for tests. There only when the pool was started with `--control`.
///
///     POST   /_control/faults {"kind":"exception","operation":"InitiateAuth","type":"TooManyRequestsException","count":2}
///            (one request by default; "always":true until they are removed)
///     GET    /_control/faults          DELETE /_control/faults
///     POST   /_control/clock  {"advance":3600} | {"freeze":1800000000} | {"reset":true}          GET /_control/clock
///     POST   /_control/keys   {"user_pool_id":"local_…","action":"rotate" | "forget-retired"}
///     GET    /_control/outbox?after=0
enum ControlRoute: HTTPRoute {
  static let prefix = "/_control/"

  static func respond(to request: PoolRequest, _ context: PoolContext) throws -> PoolResponse? {
    guard request.path.hasPrefix(prefix), let faults = context.faults else { return nil }
    try refuseBrowsers(request)
    let input = try input(of: request)
    switch (request.method, request.path.dropFirst(prefix.count)) {
    case ("GET", "faults"): return .json(["faults": .array(faults.waiting.map(\.json))])
    case ("POST", "faults"):
      let fault = try Fault(input)
      faults.add(fault)
      return .json(fault.json)
    case ("DELETE", "faults"):
      faults.removeAll()
      return .json([:])
    case ("GET", "clock"): return clock(context)
    case ("POST", "clock"):
      try setClock(input, context)
      return clock(context)
    case ("POST", "keys"):
      try changeKeys(input, context)
      return .json([:])
    case ("GET", "outbox"): return try outbox(request, context)
    default: throw PoolException.invalidParameter("The control interface has no \(request.method) \(request.path).")
    }
  }

  /// A page in the developer's browser must not steer the pool: it can't send this content type across origins without
  /// asking first, and is never answered that it may.
  private static func refuseBrowsers(_ request: PoolRequest) throws(PoolException) {
    guard request.header("origin") == nil, request.header("sec-fetch-site") == nil else {
      throw .notAuthorized("The control interface is not for web pages.")
    }
    guard request.method != "POST" || request.header("content-type")?.hasPrefix("application/json") == true else {
      throw .invalidParameter("Send Content-Type: application/json.")
    }
  }

  private static func input(of request: PoolRequest) throws -> OperationInput {
    guard request.method == "POST" else { return OperationInput() }
    guard let members = try? JSONValue.parse(request.body, maximumDepth: 8, maximumBytes: 65_536).object else {
      throw PoolException.serialization
    }
    return OperationInput(members)
  }

  private static func clock(_ context: PoolContext) -> PoolResponse { .json(["now": .double(context.clock.seconds)]) }

  private static func setClock(_ input: OperationInput, _ context: PoolContext) throws(PoolException) {
    if let seconds = input["advance"]?.double {
      try checkMoment(context.clock.seconds + seconds)
      context.clock.advance(by: seconds)
    } else if let moment = input["freeze"]?.double {
      try checkMoment(moment)
      context.clock.freeze(at: Date(timeIntervalSince1970: moment))
    } else if try input.bool("reset") {
      context.clock.reset()
    } else {
      throw .invalidParameter("Give advance (seconds), freeze (seconds since 1970) or reset (true).")
    }
  }

  private static func checkMoment(_ seconds: Double) throws(PoolException) {
    guard PoolClock.range.contains(seconds) else {
      throw .invalidParameter("The clock shows the years 1970 to 9999.")
    }
  }

  private static func changeKeys(_ input: OperationInput, _ context: PoolContext) throws {
    let pool = try context.pool(try input.string("user_pool_id"))
    switch try input.string("action") {
    case "rotate": try context.keys.rotate(poolID: pool.id)
    case "forget-retired": try context.keys.forgetRetired(poolID: pool.id)
    default: throw PoolException.invalidParameter("action must be rotate or forget-retired.")
    }
  }

  private static func outbox(_ request: PoolRequest, _ context: PoolContext) throws -> PoolResponse {
    let after = request.query.flatMap { $0.hasPrefix("after=") ? Int64($0.dropFirst("after=".count)) : nil } ?? 0
    let messages = try context.store.read { try $0.outbox.list(after: after, limit: 1000) }
    return .json(["messages": .array(messages.map(\.json))])
  }
}
