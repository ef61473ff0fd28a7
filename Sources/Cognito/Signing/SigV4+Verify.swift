import FoundationEssentials

extension SigV4 {
  /// Checks a request that came in, as the service does.
  ///
  /// - Parameters:
  ///   - request: `url` holds the target (path and query) alone; all headers as they came.
  ///   - secret: the secret of an access key id; `nil` when there is no such key.
  ///   - tolerance: seconds by which X-Amz-Date may differ from now.
  /// - Returns: the access key id that signed it.
  /// - Throws: ``CognitoError`` with the code that the service answers with.
  package func verify(
    _ request: HTTPRequest, now: Date, tolerance: TimeInterval = 300, secret: (_ accessKeyID: String) -> Secret?
  ) throws(CognitoError) -> String {
    guard let header = request.header("authorization") else {
      throw CognitoError(.missingAuthenticationToken, "Missing Authentication Token")
    }
    guard let authorization = Authorization(header), authorization.signedHeaders.contains("host"),
      authorization.signedHeaders.contains("x-amz-date"), let timestamp = request.header("x-amz-date"),
      let time = Self.parse(timestamp: timestamp)
    else { throw CognitoError(.missingAuthenticationToken, "The Authorization header is incomplete.") }
    guard authorization.scope == scope(String(timestamp.prefix(8))) else {
      throw CognitoError(.invalidSignature, "Credential should be scoped to a valid region.")
    }
    guard abs(now.timeIntervalSince1970 - TimeInterval(time)) <= tolerance else {
      throw CognitoError(.invalidSignature, "Signature expired.")
    }
    // A header of AWS's that isn't signed could have been put in on the way.
    let names = Set(request.headers.map { $0.name.lowercased() }).filter { $0.hasPrefix("x-amz-") }
    guard names.isSubset(of: authorization.signedHeaders) else {
      throw CognitoError(.invalidSignature, "An x-amz- header is not signed.")
    }
    guard let secret = secret(authorization.accessKeyID) else {
      throw CognitoError(.unrecognizedClient, "The security token included in the request is invalid.")
    }
    let target = request.url.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let canonical = CanonicalRequest(
      method: request.method, path: target.first.map(String.init) ?? "/",
      query: target.count > 1 ? String(target[1]) : nil, headers: request.headers,
      signedHeaders: authorization.signedHeaders, body: request.body)
    let expected = signature(
      of: canonical.bytes, timestamp: timestamp, day: String(timestamp.prefix(8)), secret: secret)
    guard constantTimeEquals(Array(expected.utf8), Array(authorization.signature.utf8)) else {
      throw CognitoError(
        .invalidSignature,
        "The request signature we calculated does not match the signature you provided.")
    }
    return authorization.accessKeyID
  }

  /// `nil` unless it is exactly of the form 20261103T090501Z.
  static func parse(timestamp: String) -> Int64? {
    let bytes = Array(timestamp.utf8)
    guard bytes.count == 16, bytes[8] == UInt8(ascii: "T"), bytes[15] == UInt8(ascii: "Z") else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      let digits = bytes[range]
      guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
      return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }
    guard let year = number(0..<4), let month = number(4..<6), let day = number(6..<8), let hour = number(9..<11),
      let minute = number(11..<13), let second = number(13..<15)
    else { return nil }
    return CivilTime.unixSeconds(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
  }

  /// The parts of an Authorization header.
  private struct Authorization {
    let accessKeyID: String
    let scope: String
    let signedHeaders: [String]
    let signature: String

    init?(_ header: String) {
      guard header.utf8.count <= 4096, header.hasPrefix(SigV4.algorithm + " ") else { return nil }
      var fields: [Substring: Substring] = [:]
      for field in header.dropFirst(SigV4.algorithm.count + 1).split(separator: ",") {
        let parts = field.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
        guard parts.count == 2, fields.updateValue(parts[1], forKey: parts[0]) == nil else { return nil }
      }
      guard fields.count == 3, let credential = fields["Credential"], let names = fields["SignedHeaders"],
        let signature = fields["Signature"], signature.utf8.count == 64,
        let slash = credential.firstIndex(of: "/")
      else { return nil }
      accessKeyID = String(credential[..<slash])
      scope = String(credential[credential.index(after: slash)...])
      signedHeaders = names.split(separator: ";").map(String.init)
      self.signature = String(signature)
      guard !signedHeaders.isEmpty, signedHeaders == signedHeaders.sorted(),
        Set(signedHeaders).count == signedHeaders.count
      else { return nil }
    }
  }
}
