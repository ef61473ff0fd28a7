import FoundationEssentials

/// What an app client's settings for the hosted pages must be like (RFC 6749 section 3.1.2, RFC 8252).
enum ClientOAuthRules {
  static func check(_ settings: ClientSettings) throws(PoolException) {
    for address in (settings.callbackURLs ?? []) + (settings.logoutURLs ?? []) { try check(address: address) }
    if let redirect = settings.defaultRedirectURI, !(settings.callbackURLs ?? []).contains(redirect) {
      throw .invalidParameter("DefaultRedirectURI must be one of the CallbackURLs.")
    }
    let flows = settings.allowedOAuthFlows ?? []
    if flows.contains("client_credentials"), flows.count > 1 {
      throw PoolException(
        "InvalidOAuthFlowException", "client_credentials flow can not be selected along with code flow or implicit flow"
      )
    }
    guard settings.allowedOAuthFlowsUserPoolClient ?? false else { return }
    guard !flows.isEmpty, !(settings.allowedOAuthScopes ?? []).isEmpty else {
      throw PoolException(
        "InvalidOAuthFlowException",
        "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.")
    }
    if flows.contains("code") || flows.contains("implicit"), (settings.callbackURLs ?? []).isEmpty {
      throw .invalidParameter("CallbackURLs can not be empty for the code and implicit flows.")
    }
  }

  /// https anywhere, http only to this machine, or an app's own scheme; no fragment.
  private static func check(address: String) throws(PoolException) {
    guard let url = URL(string: address), let scheme = url.scheme?.lowercased(), !address.contains("#") else {
      throw .invalidParameter("\(address) isn't an absolute URI without a fragment.")
    }
    let isHere = ["localhost", "127.0.0.1", "::1", "[::1]"].contains(url.host() ?? "")
    guard scheme != "http" || isHere, !["javascript", "data", "vbscript", "file"].contains(scheme) else {
      throw .invalidParameter("HTTP is only allowed for localhost: \(address)")
    }
  }
}
