import FoundationEssentials
import SystemSupport

/// AWS Signature Version 4, header form ("Create a signed AWS API request" in the IAM guide). Signing and verifying
/// share ``CanonicalRequest``.
package struct SigV4: Sendable {
  package static let algorithm = "AWS4-HMAC-SHA256"

  /// Such as "eu-north-1".
  package let region: String
  /// The service's signing name, such as "cognito-idp".
  package let service: String

  package init(region: String, service: String) {
    self.region = region
    self.service = service
  }

  /// Adds Host, X-Amz-Date, X-Amz-Security-Token (for temporary credentials) and Authorization. Everything else that
  /// is to be signed must be in the request before.
  package func sign(
    _ request: HTTPRequest, with credentials: AWSCredentials, at date: Date
  ) throws(CognitoError) -> HTTPRequest {
    guard let address = WebAddress(request.url) else {
      throw CognitoError(.invalidConfiguration, "Not a web address: it must be https://host[:port]/path.")
    }
    var signed = request
    let timestamp = Self.timestamp(date)
    if request.header("host") == nil { signed.headers.append(.init("Host", address.hostHeader)) }
    signed.headers.append(.init("X-Amz-Date", timestamp))
    if let token = credentials.sessionToken {
      signed.headers.append(.init("X-Amz-Security-Token", token))
    }
    let canonical = CanonicalRequest(
      method: signed.method, path: address.path, query: address.query, headers: signed.headers,
      signedHeaders: nil, body: signed.body)
    let day = String(timestamp.prefix(8))
    let signature = signature(
      of: canonical.bytes, timestamp: timestamp, day: day, secret: credentials.secretAccessKey)
    signed.headers.append(
      .init(
        "Authorization",
        "\(Self.algorithm) Credential=\(credentials.accessKeyID)/\(scope(day)), "
          + "SignedHeaders=\(canonical.signedHeaders.joined(separator: ";")), Signature=\(signature)"
      ))
    return signed
  }

  /// HMAC over the string to sign, in hexadecimal.
  func signature(of canonicalRequest: [UInt8], timestamp: String, day: String, secret: Secret) -> String {
    let hash = Hex.encode(Digest.sha256(canonicalRequest))
    let stringToSign = "\(Self.algorithm)\n\(timestamp)\n\(scope(day))\n\(hash)"
    var first = Array("AWS4".utf8) + secret.bytes
    var key = HMAC.sha256(key: first, Array(day.utf8))
    wipe(&first)
    for part in [region, service, "aws4_request"] { key = HMAC.sha256(key: key, Array(part.utf8)) }
    defer { wipe(&key) }
    return Hex.encode(HMAC.sha256(key: key, Array(stringToSign.utf8)))
  }

  func scope(_ day: String) -> String { "\(day)/\(region)/\(service)/aws4_request" }

  /// ISO 8601 basic form in UTC, such as "20261103T090501Z".
  package static func timestamp(_ date: Date) -> String {
    let time = CivilTime(unixSeconds: Int64(date.timeIntervalSince1970.rounded(.down)))
    let fields = [time.month, time.day].map(CivilTime.twoDigits).joined()
    let clock = [time.hour, time.minute, time.second].map(CivilTime.twoDigits).joined()
    return "\(time.year)\(fields)T\(clock)Z"
  }
}
