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
  /// The `iss` claim of the pool's tokens, in the form that every pool on AWS can have; see ``issuers``.
  public let issuer: String
  /// Where the signing keys of ``issuer`` are published.
  public let keysURL: String
  /// Every `iss` claim that the pool's tokens may have, with the keys that belong to it; the first is ``issuer``.
  ///
  /// On AWS there are two: `https://cognito-idp.REGION.DOMAIN/POOL`, and `https://issuer-cognito-idp.REGION.DOMAIN/POOL`
  /// of pools whose `IssuerConfiguration` is UPDATED. An endpoint elsewhere and an issuer that was given have one.
  public let issuers: [Issuer]

  /// One form of the `iss` claim.
  public struct Issuer: Sendable, Hashable {
    /// The claim, compared byte for byte.
    public let name: String
    /// Where its signing keys are published.
    public let keysURL: String

    /// - Parameters:
    ///   - name: the claim.
    ///   - keysURL: where its signing keys are published.
    public init(name: String, keysURL: String) {
      self.name = name
      self.keysURL = keysURL
    }
  }

  /// - Parameters:
  ///   - id: the user pool id.
  ///   - region: the part of the id before "_" when not given.
  ///   - endpoint: https, or http on this machine; AWS's for the region when not given.
  ///   - issuer: AWS's two for the pool when not given and the endpoint is AWS's (a VPC or FIPS endpoint too), else
  ///     `{endpoint}/{id}`.
  ///   - keysURL: of all issuers; when not given, `{endpoint}/{id}/.well-known/jwks.json`, and for AWS's newer issuer the
  ///     same path there.
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
    let partition = AWSPartition(region: region)
    let regional = "https://cognito-idp.\(region).\(partition.domain)"
    let chosen = try Self.checked(endpoint ?? regional)
    self.endpoint = chosen
    let isAWS = WebAddress(chosen).map { partition.owns(host: $0.host) } ?? false
    let keysURL = try keysURL.map(Self.checked)
    let original = Issuer(
      name: "\(isAWS ? regional : chosen)/\(id)", keysURL: keysURL ?? "\(chosen)/\(id)\(Self.keysPath)")
    var known = [original]
    if isAWS {
      let updated = "https://issuer-cognito-idp.\(region).\(partition.domain)/\(id)"
      known.append(Issuer(name: updated, keysURL: keysURL ?? updated + Self.keysPath))
    }
    if let issuer {
      _ = try Self.checked(issuer)
      known = [known.first { $0.name == issuer } ?? Issuer(name: issuer, keysURL: original.keysURL)]
    }
    issuers = known
    self.issuer = known[0].name
    self.keysURL = known[0].keysURL
  }

  private static let keysPath = "/.well-known/jwks.json"

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
