import Cognito
import Logging

/// Finds who answers a request.
enum Responder {
  /// Asks the interceptors, then the routes in turn. Whatever fails inside, the answer has the service's shape.
  static func respond(to request: PoolRequest, _ context: PoolContext) -> PoolResponse {
    // Who takes faults back must not be hit by them.
    if request.path.hasPrefix(ControlRoute.prefix) { return route(request, [ControlRoute.self], context) }
    let name = OperationEndpoint.operationName(request.header("x-amz-target")) ?? request.path
    var chain = { route(request, PoolRoutes.all, context) }
    for interceptor in context.interceptors.reversed() {
      let next = chain
      chain = { interceptor.intercept(operation: name, request, proceed: next) }
    }
    guard CrossOrigin.isOpen(request.path) else { return chain() }
    return request.method == "OPTIONS" ? CrossOrigin.preflight : CrossOrigin.opened(chain())
  }

  private static func route(
    _ request: PoolRequest, _ routes: [any HTTPRoute.Type], _ context: PoolContext
  ) -> PoolResponse {
    for route in routes {
      do {
        if let response = try route.respond(to: request, context) { return response }
      } catch let error as PoolException {
        return OperationEndpoint.refusal(error)
      } catch {
        context.logger.error(
          "a request failed inside the pool", metadata: ["path": "\(request.path)", "error": "\(error)"])
        return OperationEndpoint.refusal(.internalError)
      }
    }
    return OperationEndpoint.refusal(.unknownOperation, status: request.method == "POST" ? 400 : 404)
  }

  /// Runs an operation for the process itself, which needs no signature.
  static func perform(
    _ name: String, _ input: OperationInput, _ context: PoolContext, sourceAddress: String = "127.0.0.1"
  ) throws -> JSONValue {
    guard let operation = OperationRegistry.operation(named: name) else { throw PoolException.unknownOperation }
    return try operation.run(
      input, requestID: context.random.uuid(), sourceAddress: sourceAddress, context)
  }
}
