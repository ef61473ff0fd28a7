/// Sees every request on its way in and its answer on the way out: faults on demand, the page of live requests.
package protocol OperationInterceptor: Sendable {
  /// - Parameter operation: its name; the path, for anything but an operation.
  ///
  /// Runs on a worker thread. Answers itself, or calls `proceed` and hands on (or changes) what it returns.
  func intercept(operation: String, _ request: PoolRequest, proceed: () -> PoolResponse) -> PoolResponse
}
