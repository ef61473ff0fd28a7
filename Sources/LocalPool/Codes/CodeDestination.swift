import Cognito

/// Where a code goes: the medium, the address, and the attribute that holds it.
package struct CodeDestination: Sendable, Equatable {
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

  /// As if the code went to an address of a user who doesn't exist: the one that was typed, or one that nobody has.
  package static func simulated(login: String, strangerID: String, medium: OutboxMessage.Medium) -> CodeDestination {
    switch medium {
    case .email:
      let letters = strangerID.filter(\.isLetter) + "xy"
      let address = "\(letters.prefix(1))@\(letters.dropFirst().prefix(1))"
      return CodeDestination(medium: .email, destination: login.contains("@") ? login : address, attribute: "email")
    case .sms:
      let digits = strangerID.filter(\.isNumber) + "0000"
      let number =
        AttributeFormat.isPhoneNumber(login) ? login : "+1\(String(repeating: "0", count: 6))\(digits.prefix(4))"
      return CodeDestination(medium: .sms, destination: number, attribute: "phone_number")
    }
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
