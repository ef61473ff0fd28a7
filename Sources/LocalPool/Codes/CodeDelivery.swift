import Cognito

/// Where a code goes: the medium, the address, and the attribute that holds it.
package struct CodeDelivery: Sendable, Equatable {
  package let medium: OutboxMessage.Medium
  package let destination: String
  /// `email` or `phone_number`.
  package let attribute: String

  package init(medium: OutboxMessage.Medium, destination: String, attribute: String) {
    self.medium = medium
    self.destination = destination
    self.attribute = attribute
  }

  /// The way to a user's attribute; nil when they don't have it.
  package init?(to attribute: String, of user: UserRecord) {
    guard let destination = user[attribute], !destination.isEmpty else { return nil }
    self.init(medium: attribute == "email" ? .email : .sms, destination: destination, attribute: attribute)
  }

  /// The address with most of it hidden, as answers show it: `a***@e***`, `+*******1234`.
  package var masked: String {
    switch medium {
    case .email:
      let parts = destination.split(separator: "@", maxSplits: 1)
      return parts.map { $0.prefix(1) + "***" }.joined(separator: "@")
    case .sms:
      return "+" + String(repeating: "*", count: max(0, destination.count - 5)) + destination.suffix(4)
    }
  }

  /// `CodeDeliveryDetailsType`.
  package var json: JSONValue {
    [
      "Destination": .string(masked), "DeliveryMedium": .string(medium.rawValue), "AttributeName": .string(attribute),
    ]
  }
}
