import FoundationEssentials

extension JSONValue {
  /// A member that holds seconds since 1970, whole or not, as the service's protocol writes moments.
  package func date(_ name: String) -> Date? {
    guard let seconds = self[name]?.double, seconds.isFinite else { return nil }
    return Date(timeIntervalSince1970: seconds)
  }
}
