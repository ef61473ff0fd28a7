import Cognito

/// Tokens come from anybody: a git server's client, a header, a file.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let text = String(decoding: UnsafeBufferPointer(start: data, count: count), as: UTF8.self)
  guard let token = try? JWT(text) else { return 0 }
  // A token that is taken has exactly one text: nothing may be read past or left out.
  let again = String(decoding: token.signedBytes, as: UTF8.self) + "." + Base64.encodeURL(token.signature)
  precondition(again == text)
  guard case .object = token.claims else { preconditionFailure("claims that are no object") }
  return 0
}
