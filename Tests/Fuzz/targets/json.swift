import Cognito
import FoundationEssentials

/// What is read and written must be the same value when it is read again; and what our reader takes, Foundation's takes
/// too, as the same value.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: data, count: count))
  guard let value = try? JSONValue.parse(bytes) else { return 0 }
  let text = value.serialized()
  guard let again = try? JSONValue.parse(text) else { preconditionFailure("what was written can't be read") }
  precondition(again == value)
  precondition(again.serialized() == text)
  // Slow, and enough on small inputs. Foundation refuses numbers too near to zero, such as 1e-900.
  guard count <= 256, !hasTinyNumber(value) else { return 0 }
  guard let other = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes)) else {
    preconditionFailure("Foundation doesn't read what we have read")
  }
  precondition(isSame(value, other))
  return 0
}

private func hasTinyNumber(_ value: JSONValue) -> Bool {
  switch value {
  case .double(let number): !number.isNormal
  case .array(let elements): elements.contains(where: hasTinyNumber)
  case .object(let members): members.values.contains(where: hasTinyNumber)
  default: false
  }
}

/// Foundation reads `1.0` as a whole number, and so `124467440737095E+5`; above 2^53 it cuts a fraction off before it
/// rounds: there the two may lie beside each other.
private func isSame(_ left: JSONValue, _ right: JSONValue) -> Bool {
  switch (left, right) {
  case (.array(let left), .array(let right)):
    return left.count == right.count && zip(left, right).allSatisfy(isSame)
  case (.object(let left), .object(let right)):
    guard left.count == right.count else { return false }
    return left.allSatisfy { name, value in right[name].map { isSame(value, $0) } ?? false }
  case (.int, .double), (.double, .int), (.largeInt, .double), (.double, .largeInt):
    guard let left = left.double, let right = right.double else { return false }
    return left == right || abs(left) > 0x1p53 && [left.nextUp, left.nextDown].contains(right)
  default: return left == right
  }
}
