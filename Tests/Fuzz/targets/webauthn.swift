import Cognito

/// What authenticators write, as it comes in CREDENTIAL: a first byte says of which kind.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: data, count: count))
  guard let kind = bytes.first else { return 0 }
  let rest = Array(bytes.dropFirst())
  switch kind {
  case UInt8(ascii: "o"):
    guard let object = try? AttestationObject(rest), let credential = object.authenticatorData.credential else {
      return 0
    }
    precondition((1...1023).contains(credential.id.count))
    guard let key = try? CredentialPublicKey(cose: credential.publicKey) else { return 0 }
    _ = try? object.verify(key, clientDataHash: Digest.sha256(rest))
  case UInt8(ascii: "a"):
    guard let data = try? AuthenticatorData(rest) else { return 0 }
    precondition(data.relyingPartyIdHash.count == 32)
  case UInt8(ascii: "k"):
    guard let key = try? CredentialPublicKey(cose: rest) else { return 0 }
    precondition(!key.verifies(rest, of: rest), "a signature out of nothing")
  case UInt8(ascii: "r"):
    guard let json = try? JSONValue.parse(rest) else { return 0 }
    if let made = try? RegistrationResponse(json) {
      _ = try? RelyingParty(id: "localhost", requiresUserVerification: false).register(made)
    }
    _ = try? AuthenticationResponse(json)
  default:
    _ = try? CBORDecoder.decode(bytes)
  }
  return 0
}
