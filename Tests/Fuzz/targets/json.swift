import Cognito

/// What is read and written must be the same value when it is read again.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard let value = try? JSONValue.parse(Array(UnsafeBufferPointer(start: data, count: count))) else { return 0 }
  let text = value.serialized()
  guard let again = try? JSONValue.parse(text) else { preconditionFailure("what was written can't be read") }
  precondition(again.serialized() == text)
  return 0
}
