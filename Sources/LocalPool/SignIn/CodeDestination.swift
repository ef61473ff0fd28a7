/// Where a code was sent, as the service shows it to somebody who may not be the user.
package enum CodeDestination {
  /// `+********1234` or `j***@e***`.
  package static func masked(_ destination: String) -> String {
    if let at = destination.firstIndex(of: "@") {
      let domain = destination[destination.index(after: at)...]
      return "\(destination.prefix(1))***@\(domain.prefix(1))***"
    }
    let digits = destination.drop { $0 == "+" }
    return "+" + String(repeating: "*", count: max(0, digits.count - 4)) + digits.suffix(4)
  }
}
