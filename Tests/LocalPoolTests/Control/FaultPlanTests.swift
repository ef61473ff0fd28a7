import Cognito
import Testing

@testable import LocalPool

@Suite("faults on demand")
struct FaultPlanTests {
  private func hits(_ plan: FaultPlan, _ name: String, times: Int) -> [Bool] {
    (0..<times).map { _ in plan.take(name) != nil }
  }

  @Test("a fault hits its operation so many times, after so many that go by")
  func counts() {
    let plan = FaultPlan()
    plan.add(Fault(.drop, on: "GetUser", count: 2, skip: 1))
    #expect(hits(plan, "ListUsers", times: 1) == [false])
    #expect(hits(plan, "GetUser", times: 5) == [false, true, true, false, false])
    #expect(plan.waiting.isEmpty)
  }

  @Test("a fault without a count goes on until it is removed")
  func always() {
    let plan = FaultPlan()
    plan.add(Fault(.garbage, count: nil))
    #expect(hits(plan, "anything", times: 3) == [true, true, true])
    plan.removeAll()
    #expect(hits(plan, "anything", times: 1) == [false])
  }

  @Test("a path is hit by its last part, an operation isn't")
  func paths() {
    let plan = FaultPlan()
    plan.add(Fault(.status(503), on: "jwks.json", count: nil))
    #expect(plan.take("/local_A/.well-known/jwks.json") != nil)
    #expect(plan.take("jwks") == nil)
  }

  @Test("a lost answer can come from an operation that was carried out, or from one that wasn't")
  func executes() {
    var executed = 0
    let proceed = {
      executed += 1
      return PoolResponse(status: 200)
    }
    #expect(Fault(.drop).answer(proceed).delivery == .dropped && executed == 0)
    #expect(Fault(.drop, executes: true).answer(proceed).delivery == .dropped && executed == 1)
    #expect(Fault(.latency(.seconds(2))).answer(proceed).delivery == .delayed(seconds: 2) && executed == 2)
  }

  @Test("what the control interface takes is what it shows; nonsense is refused")
  func json() throws {
    let given: JSONValue = [
      "kind": "exception", "operation": "InitiateAuth", "type": "TooManyRequestsException", "count": 2, "skip": 1,
    ]
    let fault = try Fault(OperationInput(given.object ?? [:]))
    #expect(fault.json["type"] == "TooManyRequestsException" && fault.json["status"] == 400)
    #expect(fault.count == 2 && fault.skip == 1 && fault.target == "InitiateAuth")
    #expect(try Fault(OperationInput(["kind": "drop"])).count == 1)
    #expect(try Fault(OperationInput(["kind": "drop", "always": true])).count == nil)
    for nonsense: [String: JSONValue] in [
      [:], ["kind": "fire"], ["kind": "latency"], ["kind": "latency", "seconds": -1], ["kind": "drop", "count": 0],
      ["kind": "status", "status": 99],
    ] {
      #expect(throws: PoolException.self) { try Fault(OperationInput(nonsense)) }
    }
  }
}
