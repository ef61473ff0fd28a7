import SystemSupport

/// OAuth 2.0 errors (RFC 6749, sections 4.1.2.1 and 5.2) in our words.
enum OAuthFailure {
  /// - Parameters:
  ///   - error: the server's word for it.
  ///   - description: what the server adds, if anything.
  ///   - status: of the HTTP answer; `nil` for an answer that came by the browser.
  static func error(_ error: String, _ description: String?, status: Int?) -> CognitoError {
    let name = printable(error, maximum: 64)
    let words = description.map { ": " + printable($0, maximum: 256) } ?? ""
    let code: CognitoError.Code =
      switch error {
      case "invalid_grant", "access_denied", "interaction_required", "login_required": .signInRequired
      case "invalid_client", "unauthorized_client", "unsupported_grant_type", "invalid_scope",
        "unsupported_response_type":
        .invalidConfiguration
      case "invalid_request": .invalidParameter
      case "temporarily_unavailable": .serviceUnavailable
      case "server_error": .internalServer
      default: CognitoError.Code(named: name)
      }
    return CognitoError(code, "The sign-in was refused (\(name))\(words).", exception: name, httpStatus: status)
  }

  static func error(_ response: HTTPResponse) -> CognitoError {
    if (300..<400).contains(response.status) {
      return CognitoError(
        .redirectRefused, "The sign-in domain answered with a redirect.", httpStatus: response.status)
    }
    let body = try? JSONValue.parse(response.body, maximumDepth: 16)
    guard let name = body?["error"]?.string else {
      return CognitoError(
        response.status >= 500 ? .serviceUnavailable : .malformedResponse,
        "The sign-in domain answered with status \(response.status), not as an OAuth server does.",
        httpStatus: response.status)
    }
    return error(name, body?["error_description"]?.string, status: response.status)
  }
}
