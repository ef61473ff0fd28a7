/// A uid, and the gid of the person's own group. Ids that belong to root, to the system or to systemd's ranges can't be
/// made: 0, below 1000, 60001–65535 (homed, dynamic users, nobody, -1), and from 524288 on (containers, user
/// namespaces; from 2³¹ on many programs count wrongly as well).
package struct AccountID: Hashable, Comparable, Sendable, CustomStringConvertible {
  package static let valid: [ClosedRange<UInt32>] = [1000...60_000, 65_536...524_287]

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
    guard let low = AccountID(minimum), let high = AccountID(maximum), low <= high,
      AccountID.valid.contains(where: { $0.contains(minimum) && $0.contains(maximum) })
    else { return nil }
    self.minimum = low
    self.maximum = high
  }

  package static let standard: AccountIDRange = {
    guard let range = AccountIDRange(minimum: 10_000, maximum: 59_999) else {
      preconditionFailure("10000–59999 lies in 1000–60000")
    }
    return range
  }()

  package func contains(_ id: AccountID) -> Bool { minimum <= id && id <= maximum }
}
