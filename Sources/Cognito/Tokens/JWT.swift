/// A compact JWS (RFC 7515) split into its parts: nothing in it is to be believed until its signature is checked.
package struct JWT: Sendable {
  /// Longest token accepted; Cognito's are a few KiB.
  static let maximumLength = 64 << 10

  package let kid: String
  package let claims: JSONValue
  package let signature: [UInt8]
  /// The bytes that are signed: header, dot, payload, as they came.
  package let signedBytes: ArraySlice<UInt8>

  /// - Throws: ``CognitoError/Code/tokenMalformed``, or ``CognitoError/Code/tokenSignatureInvalid`` for an algorithm
  ///   other than RS256.
  package init(_ token: String) throws(CognitoError) {
    let bytes = Array(token.utf8)
    guard bytes.count <= Self.maximumLength else { throw Self.malformed("it is too long") }
    let dot = UInt8(ascii: ".")
    guard let first = bytes.firstIndex(of: dot), let second = bytes[(first + 1)...].firstIndex(of: dot),
      first > 0, second > first + 1, second + 1 < bytes.count
    else { throw Self.malformed("it has not three parts") }
    let header = try Self.object(bytes[..<first], "header")
    guard header["alg"]?.string == "RS256" else {
      throw CognitoError(.tokenSignatureInvalid, "The token's algorithm is not RS256.")
    }
    // An extension that we don't know must be understood to be believed (RFC 7515, section 4.1.11): we know none.
    guard header["crit"] == nil else { throw Self.malformed("it needs extensions that are not known here") }
    guard let kid = header["kid"]?.string, !kid.isEmpty, kid.utf8.count <= 256 else {
      throw Self.malformed("it doesn't name its key")
    }
    guard let signature = Base64.decodeURL(bytes[(second + 1)...]) else {
      throw Self.malformed("its signature is not base64url")
    }
    self.kid = kid
    self.signature = signature
    claims = try Self.object(bytes[first + 1..<second], "payload")
    signedBytes = bytes[..<second]
  }

  private static func object(_ part: ArraySlice<UInt8>, _ name: String) throws(CognitoError) -> JSONValue {
    guard let json = Base64.decodeURL(part) else {
      throw malformed("its \(name) is not base64url")
    }
    guard let value = try? JSONValue.parse(json, maximumDepth: 32), case .object = value else {
      throw malformed("its \(name) is not a JSON object")
    }
    return value
  }

  private static func malformed(_ why: String) -> CognitoError {
    CognitoError(.tokenMalformed, "This is not a token: \(why).")
  }
}
