import SystemSupport

/// Where a user pool is and who it says it is.
///
/// Region, endpoint, issuer and key address are settings of their own, so that VPC endpoints, proxies and local pools
/// work as well as AWS. What isn't given follows from the pool id.
public struct UserPool: Sendable, Hashable {
  /// Such as "eu-north-1_AbCdEfGhI".
  public let id: String
  /// Such as "eu-north-1".
  public let region: String
  /// Where operations are sent, with no slash at the end.
  public let endpoint: String
  /// The `iss` claim of the pool's tokens.
  public let issuer: String
  /// Where the pool's signing keys are published.
  public let keysURL: String

  /// - Parameters:
  ///   - id: the user pool id.
  ///   - region: the part of the id before "_" when not given.
  ///   - endpoint: https, or http on this machine; AWS's for the region when not given.
  ///   - issuer: AWS's for the pool when not given and the endpoint is AWS's (a VPC or FIPS endpoint too), else
  ///     `{endpoint}/{id}`.
  ///   - keysURL: `{endpoint}/{id}/.well-known/jwks.json` when not given.
  /// - Throws: ``CognitoError/Code/invalidConfiguration``, or ``CognitoError/Code/insecureEndpoint`` for plain http to
  ///   another machine.
  public init(
    id: String, region: String? = nil, endpoint: String? = nil, issuer: String? = nil, keysURL: String? = nil
  ) throws(CognitoError) {
    try Self.check(id, PoolRules.userPoolID, "user pool id")
    self.id = id
    let region = region ?? String(id.prefix { $0 != "_" })
    try Self.check(region, PoolRules.region, "region")
    self.region = region
    let domain = region.hasPrefix("cn-") ? "amazonaws.com.cn" : "amazonaws.com"
    let regional = "https://cognito-idp.\(region).\(domain)"
    let chosen = try Self.checked(endpoint ?? regional)
    self.endpoint = chosen
    let isAWS = WebAddress(chosen).map { $0.host.hasSuffix("." + domain) } ?? false
    if let issuer { _ = try Self.checked(issuer) }
    self.issuer = issuer ?? "\(isAWS ? regional : chosen)/\(id)"
    self.keysURL = try Self.checked(keysURL ?? "\(chosen)/\(id)/.well-known/jwks.json")
  }

  /// The part of the id after its first "_", which SRP hashes.
  public var name: String { id.firstIndex(of: "_").map { String(id[id.index(after: $0)...]) } ?? id }

  private static func checked(_ url: String) throws(CognitoError) -> String {
    let trimmed = url.hasSuffix("/") ? String(url.dropLast()) : url
    if let address = WebAddress(trimmed), !address.isSecure {
      throw CognitoError(.insecureEndpoint, "Plain http is only for this machine, not for \(address.host).")
    }
    try check(trimmed, PoolRules.serviceURL, "endpoint, issuer or key address")
    return trimmed
  }

  private static func check(_ value: String, _ rule: SettingRule, _ name: String) throws(CognitoError) {
    guard rule.accepts(value) else {
      throw CognitoError(.invalidConfiguration, "The \(name) is unfit: it must be \(rule.form).")
    }
  }
}
