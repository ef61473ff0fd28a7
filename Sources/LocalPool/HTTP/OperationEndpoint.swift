import Cognito
import FoundationEssentials
import Logging

/// `POST /` with `X-Amz-Target`: the AWS JSON 1.1 protocol.
enum OperationEndpoint: HTTPRoute {
  static let contentType = "application/x-amz-json-1.1"

  static func respond(to request: PoolRequest, _ context: PoolContext) -> PoolResponse? {
    guard request.path == "/" || request.path.isEmpty else { return nil }
    guard request.method == "POST" else { return nil }
    return run(operationName(request.header("x-amz-target")), request, context)
  }

  /// An answer to something that isn't even a request for an operation.
  static func refusal(_ error: PoolException, status: Int? = nil) -> PoolResponse {
    failure(error, status: status ?? error.status, requestID: UUID().uuidString.lowercased())
  }

  static func operationName(_ target: String?) -> String? {
    guard let target, let dot = target.firstIndex(of: ".") else { return nil }
    let service = target[..<dot]
    guard service == OperationRegistry.userPoolService || service == OperationRegistry.identityService else {
      return nil
    }
    return String(target[target.index(after: dot)...])
  }

  private static func run(_ name: String?, _ request: PoolRequest, _ context: PoolContext) -> PoolResponse {
    let requestID = context.random.uuid()
    do {
      guard let name, let operation = OperationRegistry.operation(named: name) else {
        throw PoolException.unknownOperation
      }
      let isSigned = try AccessCheck.checkSignature(operation.access, request, context)
      let answer = try operation.run(
        try parse(request.body), requestID: requestID, sourceAddress: request.remoteAddress,
        userAgent: request.header("user-agent") ?? "", isSigned: isSigned, context)
      return success(answer, requestID: requestID)
    } catch let error as PoolException {
      return failure(error, status: error.status, requestID: requestID)
    } catch {
      context.logger.error(
        "an operation failed inside the pool",
        metadata: ["operation": "\(name ?? "?")", "request": "\(requestID)", "error": "\(error)"])
      return failure(.internalError, status: 500, requestID: requestID)
    }
  }

  private static func parse(_ body: [UInt8]) throws -> OperationInput {
    guard let value = try? JSONValue.parse(body, maximumDepth: 32, maximumBytes: body.count) else {
      throw PoolException.serialization
    }
    if case .array = value { throw PoolException.wrongType(value, .structure) }
    guard case .object(let members) = value else { throw PoolException.serialization }
    return OperationInput(members)
  }

  private static func success(_ answer: JSONValue, requestID: String) -> PoolResponse {
    .json(answer, contentType: contentType, headers: [(name: "x-amzn-RequestId", value: requestID)])
  }

  private static func failure(_ error: PoolException, status: Int, requestID: String) -> PoolResponse {
    var body: [String: JSONValue] = ["__type": .string(error.type)]
    // The framework's own error has a capital letter there, the service's have not.
    let key = error.type == PoolException.serialization.type ? "Message" : "message"
    if !error.message.isEmpty { body[key] = .string(error.message) }
    for (name, value) in error.details { body[name] = .string(value) }
    return .json(
      status: status, .object(body), contentType: contentType,
      headers: [
        (name: "x-amzn-RequestId", value: requestID),
        (name: "x-amzn-ErrorType", value: headerSafe(error.type) + ":"),
        (name: "x-amzn-ErrorMessage", value: headerSafe(error.message)),
      ])
  }

  /// A message may quote what the caller sent; a header may not carry control characters or anything beyond ASCII.
  private static func headerSafe(_ text: String) -> String {
    String(
      String.UnicodeScalarView(text.unicodeScalars.prefix(512).map { (0x20..<0x7F).contains($0.value) ? $0 : "?" }))
  }
}
