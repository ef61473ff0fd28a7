/// The name of a hand-over that the collector has not yet confirmed: 1 to 64 of `[A-Za-z0-9_-]`.
package struct LeaseID: Hashable, Sendable {
  package let text: String

  package init?(_ text: String) {
    guard Self.isValid(Array(text.utf8)[...]) else { return nil }
    self.text = text
  }

  static func isValid(_ bytes: ArraySlice<UInt8>) -> Bool {
    (1...64).contains(bytes.count)
      && bytes.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
          || "_-".utf8.contains(byte)
      }
  }
}
