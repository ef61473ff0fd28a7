import Cognito

/// Answers to InitiateAuth and RespondToAuthChallenge, from a server that may not be the service.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard let json = try? JSONValue.parse(Array(UnsafeBufferPointer(start: data, count: count))),
    let answer = try? AuthenticationAnswer(json)
  else { return 0 }
  guard case .challenge(let challenge) = answer else { return 0 }
  precondition(!challenge.name.isEmpty)
  for parameter in ["MFAS_CAN_CHOOSE", "MFAS_CAN_SETUP", "requiredAttributes"] { _ = try? challenge.list(parameter) }
  guard let step = try? challenge.step() else { return 0 }
  precondition(!String(describing: step).isEmpty)
  for name in ["SRP_B", "SALT"] {
    guard let number = challenge.parameters[name].flatMap({ BigNumber(hex: $0) }) else { continue }
    precondition(BigNumber(hex: number.hex) == number)
    _ = SRP.isAcceptable(publicValue: number)
  }
  return 0
}
