/// Where the service sent a code.
public struct CodeDelivery: Sendable, Hashable {
  /// How it was sent.
  @nonexhaustive
  public enum Medium: Sendable, Hashable {
    /// By e-mail.
    case email
    /// By text message.
    case sms
    /// In a way that this library doesn't know, by the service's name for it.
    case other(String)

    var wireName: String {
      switch self {
      case .email: "EMAIL"
      case .sms: "SMS"
      case .other(let name): name
      }
    }
  }

  /// The address or number, mostly hidden ("a***@e***").
  public let destination: String
  /// How it was sent.
  public let medium: Medium?
  /// The attribute that holds the address or number.
  public let attribute: UserAttribute?

  /// - Parameters:
  ///   - destination: the address or number, mostly hidden.
  ///   - medium: how it was sent.
  ///   - attribute: the attribute that holds the address or number.
  public init(destination: String, medium: Medium? = nil, attribute: UserAttribute? = nil) {
    self.destination = destination
    self.medium = medium
    self.attribute = attribute
  }

  package init?(_ wire: JSONValue?) {
    guard let wire, let members = wire.object, !members.isEmpty else { return nil }
    destination = wire["Destination"]?.string ?? ""
    medium = wire["DeliveryMedium"]?.string.map {
      switch $0 {
      case "EMAIL": .email
      case "SMS": .sms
      default: .other($0)
      }
    }
    attribute = wire["AttributeName"]?.string.map { UserAttribute(rawValue: $0) }
  }
}
