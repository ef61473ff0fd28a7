import Cognito

private let message = Array("a message that nobody has signed".utf8)

/// Key sets come over the network, or from the environment. Whatever numbers a key has, it verifies nothing by accident.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: data, count: count))
  guard let keys = try? JWKS(json: bytes) else { return 0 }
  precondition(keys.count > 0)
  let names = (try? JSONValue.parse(bytes))?["keys"]?.array?.compactMap { $0["kid"]?.string } ?? []
  let usable = Set(names).compactMap { keys[$0] }
  precondition(usable.count == keys.count)
  for key in usable {
    for filling: UInt8 in [0, 1, 0xff] {
      let signature = [UInt8](repeating: filling, count: 256)
      precondition(!key.publicKey.verifiesSHA256(signature: signature, message: message[...]))
    }
  }
  return 0
}
