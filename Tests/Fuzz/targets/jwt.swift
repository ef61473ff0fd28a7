import Cognito
import FoundationEssentials

/// The key set of the shared vectors, and their tokens: those alone were signed with its keys.
private let vectors: JSONValue? = {
  let file = URL(filePath: "Tests/Vectors/cognito_vectors.json")
  return (try? Data(contentsOf: file)).flatMap { try? JSONValue.parse(Array($0))["jwt"] }
}()
private let keys = vectors?["jwks"].flatMap { try? JWKS($0) }
private let signed = Set(vectors?["tokens"]?.array?.compactMap { $0["token"]?.string } ?? [])

/// Tokens come from anybody: a git server's client, a header, a file.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard let keys else { preconditionFailure("Tests/Vectors/cognito_vectors.json can't be read") }
  let bytes = Array(UnsafeBufferPointer(start: data, count: count))
  precondition(Base64.decodeURL(Base64.encodeURL(bytes)) == bytes)
  precondition(Base64.decode(Base64.encode(bytes)) == bytes)
  let text = String(decoding: bytes, as: UTF8.self)
  // Base 64 has one text for each value.
  for part in text.split(separator: ".") {
    if let value = Base64.decodeURL(part) { precondition(Base64.encodeURL(value) == part) }
  }
  guard let token = try? JWT(text) else { return 0 }
  // So has a token that is taken: nothing may be read past or left out.
  let again = String(decoding: token.signedBytes, as: UTF8.self) + "." + Base64.encodeURL(token.signature)
  precondition(again == text)
  guard case .object = token.claims else { preconditionFailure("claims that are no object") }
  // One changed byte, and no key verifies it.
  if let key = keys[token.kid]?.publicKey,
    key.verifiesSHA256(signature: token.signature, message: token.signedBytes)
  {
    precondition(signed.contains(text), "a signature out of nothing")
  }
  return 0
}
