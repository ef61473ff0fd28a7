/// A group of AWS's regions with domain names of its own. botocore's `partitions.json` is the model; a test holds the
/// table against it.
struct AWSPartition: Sendable, Hashable {
  let name: String
  /// How the partition's regions begin. AWS's public one has no mark.
  let regionPrefix: String
  /// What the services' names end with, such as "amazonaws.com".
  let domain: String
  /// The same for the names that have IPv6 addresses too.
  let dualStackDomain: String

  static let all = [
    AWSPartition(name: "aws-cn", "cn-", "amazonaws.com.cn", "api.amazonwebservices.com.cn"),
    AWSPartition(name: "aws-us-gov", "us-gov-", "amazonaws.com", "api.aws"),
    AWSPartition(name: "aws-eusc", "eusc-", "amazonaws.eu", "api.amazonwebservices.eu"),
    AWSPartition(name: "aws-iso", "us-iso-", "c2s.ic.gov", "api.aws.ic.gov"),
    AWSPartition(name: "aws-iso-b", "us-isob-", "sc2s.sgov.gov", "api.aws.scloud"),
    AWSPartition(name: "aws-iso-e", "eu-isoe-", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk"),
    AWSPartition(name: "aws-iso-f", "us-isof-", "csp.hci.ic.gov", "api.aws.hci.ic.gov"),
    AWSPartition(name: "aws", "", "amazonaws.com", "api.aws"),
  ]

  private init(name: String, _ regionPrefix: String, _ domain: String, _ dualStackDomain: String) {
    self.name = name
    self.regionPrefix = regionPrefix
    self.domain = domain
    self.dualStackDomain = dualStackDomain
  }

  /// The partition that a region is in; regions that nobody has heard of are in the public one.
  init(region: String) {
    self = Self.all.first { region.hasPrefix($0.regionPrefix) } ?? Self.all[Self.all.count - 1]
  }

  /// Whether a name is one of AWS's own: VPC and FIPS endpoints have other names under the same domains.
  func owns(host: String) -> Bool {
    host.hasSuffix("." + domain) || host.hasSuffix("." + dualStackDomain)
  }
}
