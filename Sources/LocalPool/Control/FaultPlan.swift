import Synchronization

/// The faults that are waiting for requests to hit.
package final class FaultPlan: OperationInterceptor {
  private let faults = Mutex<[Fault]>([])

  package init() {}

  package var waiting: [Fault] { faults.withLock { $0 } }

  package func add(_ fault: Fault) { faults.withLock { $0.append(fault) } }

  package func removeAll() { faults.withLock { $0 = [] } }

  package func intercept(operation: String, _ request: PoolRequest, proceed: () -> PoolResponse) -> PoolResponse {
    guard let fault = take(operation) else { return proceed() }
    return fault.answer(proceed)
  }

  /// The first fault that hits this request, counted down. Faults that let it go by count it as well.
  func take(_ operation: String) -> Fault? {
    faults.withLock { faults in
      for index in faults.indices where faults[index].hits(operation) {
        if faults[index].skip > 0 {
          faults[index].skip -= 1
          continue
        }
        let fault = faults[index]
        if let count = fault.count {
          faults[index].count = count - 1
          if count <= 1 { faults.remove(at: index) }
        }
        return fault
      }
      return nil
    }
  }
}
