import FoundationEssentials
import SystemSupport

/// Reads the error answers of AWS's JSON protocols.
enum ServiceError {
  /// - Parameter now: our clock, to tell when it is the reason.
  static func error(_ response: HTTPResponse, now: Date) -> CognitoError {
    let requestID = response.header("x-amzn-requestid").map { printable($0, maximum: 128) }
    let retryAfter = retryAfter(response, now)
    func make(_ code: CognitoError.Code, _ message: String, _ exception: String? = nil) -> CognitoError {
      CognitoError(
        code, message, exception: exception, requestID: requestID, httpStatus: response.status,
        retryAfter: retryAfter)
    }
    if (300..<400).contains(response.status) {
      return make(.redirectRefused, "The endpoint answered with a redirect (status \(response.status)).")
    }
    let body = try? JSONValue.parse(response.body, maximumDepth: 16)
    guard let exception = name(body?["__type"]?.string ?? response.header("x-amzn-errortype")) else {
      switch response.status {
      case 429: return make(.tooManyRequests, "The endpoint asks for fewer requests.")
      case 500: return make(.internalServer, "The endpoint failed (status 500).")
      case 502...504: return make(.serviceUnavailable, "The endpoint is not available (status \(response.status)).")
      default:
        return make(
          .malformedResponse, "The endpoint answered with status \(response.status), not as the service does.")
      }
    }
    let words = body?["message"]?.string ?? body?["Message"]?.string ?? response.header("x-amzn-errormessage")
    var message = printable(words ?? "The service gave no reason.", maximum: 1024)
    let code = refined(CognitoError.Code(named: exception), message)
    if code == .notAuthorized || code == .invalidSignature, let skew = skew(response, now) { message += " \(skew)" }
    return make(code, message, exception)
  }

  /// Given in seconds or as a moment by the server's own clock (RFC 9110, section 10.2.3); an hour at most.
  private static func retryAfter(_ response: HTTPResponse, _ now: Date) -> Duration? {
    guard let text = response.header("retry-after") else { return nil }
    var seconds = Double(text)
    if let moment = HTTPDate.unixSeconds(text) {
      let server = response.header("date").flatMap(HTTPDate.unixSeconds).map(Double.init)
      seconds = max(0, Double(moment) - (server ?? now.timeIntervalSince1970))
    }
    return seconds.flatMap { (0...3600).contains($0) ? .seconds($0) : nil }
  }

  /// "namespace#Name" and "Name:url" are the same error as "Name".
  private static func name(_ text: String?) -> String? {
    guard let text else { return nil }
    let local = text.split(separator: "#").last.map(String.init) ?? text
    let name = local.prefix { $0 != ":" }
    let allowed = name.utf8.allSatisfy { byte in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) || byte == UInt8(ascii: ".")
    }
    return name.isEmpty || name.utf8.count > 128 || !allowed ? nil : String(name)
  }

  /// NotAuthorizedException means many things, which only its message tells apart.
  private static func refined(_ code: CognitoError.Code, _ message: String) -> CognitoError.Code {
    guard code == .notAuthorized else { return code }
    let lower = message.lowercased()
    if lower.contains("password attempts exceeded") { return .passwordAttemptsExceeded }
    if lower.contains("user is disabled") { return .userDisabled }
    if lower.contains("refresh token") { return .refreshTokenRejected }
    if lower.contains("access token") { return .accessTokenRejected }
    return code
  }

  /// A wrong clock looks like a wrong password to the service: say so.
  private static func skew(_ response: HTTPResponse, _ now: Date) -> String? {
    guard let server = response.header("date").flatMap(HTTPDate.unixSeconds) else { return nil }
    let minutes = Int((now.timeIntervalSince1970 - TimeInterval(server)) / 60)
    guard abs(minutes) >= 5 else { return nil }
    return
      "This machine's clock is \(abs(minutes)) minutes \(minutes > 0 ? "ahead of" : "behind") the service's: set it first."
  }
}
