/// What the service's model knows and the pool does nothing by. Each is named in docs/pool-behaviour.md; settings are kept
/// and shown all the same.
enum MembersWithoutEffect {
  /// By the operations' member; the parts of it that are meant, or none for the whole.
  private static let names: [String: [String]] = [
    // Of requests: for statistics, and for threat protection.
    "AnalyticsMetadata": [], "UserContextData": [], "ContextData": [],
    // Of pools.
    "EmailConfiguration": [], "SmsConfiguration": [], "SmsMfaConfiguration": ["SmsConfiguration"],
    "KeyConfiguration": [], "DcrConfiguration": [], "UserPoolAddOns": [],
    "LambdaConfig": ["CustomSMSSender", "CustomEmailSender", "KMSKeyID", "InboundFederation"],
    // Of app clients.
    "AnalyticsConfiguration": [], "EnablePropagateAdditionalUserContextData": [],
    "PublishSecretsInAWSSecretsManager": [],
    // Of domains and identity providers.
    "Routing": [], "CustomDomainConfig": [], "ProviderDetails": [], "AttributeMapping": [], "AcrMapping": [],
  ]

  /// The parts of a member that have no effect: none for all of it, nil if it has its effect.
  static func parts(of member: String) -> [String]? { names[member] }
}
