/// Which ids can be a person's at all: not root's, the system's or systemd's. 0, below 1000, 60001–65535 (homed, dynamic
/// users, nobody, -1), and from 524288 on (containers, user namespaces; from 2³¹ on many programs count wrongly as well)
/// can't be given away by any configuration.
package enum RecordIDs {
  package static let valid: [ClosedRange<UInt32>] = [1000...60_000, 65_536...524_287]
  package static let standard: ClosedRange<UInt32> = 10_000...59_999

  /// A range that may be configured: both ends in the same run of valid ids.
  package static func range(_ minimum: UInt32, _ maximum: UInt32) -> ClosedRange<UInt32>? {
    guard minimum <= maximum, valid.contains(where: { $0.contains(minimum) && $0.contains(maximum) }) else {
      return nil
    }
    return minimum...maximum
  }
}
