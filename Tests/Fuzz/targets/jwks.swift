import Cognito

/// Key sets come over the network, or from the environment.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard let keys = try? JWKS(json: Array(UnsafeBufferPointer(start: data, count: count))) else { return 0 }
  precondition(keys.count > 0)
  return 0
}
