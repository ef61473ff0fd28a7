import LoginRecords

/// A uid, and the gid of the person's own group. Ids that belong to root, to the system or to systemd's ranges can't be
/// made: 0, below 1000, 60001–65535 (homed, dynamic users, nobody, -1), and from 524288 on (containers, user
/// namespaces; from 2³¹ on many programs count wrongly as well).
package struct AccountID: Hashable, Comparable, Sendable, CustomStringConvertible {
  package static let valid = RecordIDs.valid

  package let number: UInt32

  package init?(_ number: UInt32) {
    guard Self.valid.contains(where: { $0.contains(number) }) else { return nil }
    self.number = number
  }

  package var description: String { String(number) }

  package static func < (left: AccountID, right: AccountID) -> Bool { left.number < right.number }
}

/// Which ids this machine gives away.
package struct AccountIDRange: Sendable, Equatable {
  package let minimum: AccountID
  package let maximum: AccountID

  /// Both ends must lie in the same run of valid ids.
  package init?(minimum: UInt32, maximum: UInt32) {
    guard let low = AccountID(minimum), let high = AccountID(maximum), RecordIDs.range(minimum, maximum) != nil else {
      return nil
    }
    self.minimum = low
    self.maximum = high
  }

  package static let standard: AccountIDRange = {
    let ids = RecordIDs.standard
    guard let range = AccountIDRange(minimum: ids.lowerBound, maximum: ids.upperBound) else {
      preconditionFailure("the standard range is valid")
    }
    return range
  }()

  package func contains(_ id: AccountID) -> Bool { minimum <= id && id <= maximum }
}
