/// A name that a record may have: `[a-z_][a-z0-9_.@-]{0,31}`, safe in file names, in `NAME:GROUP` and in a request's line.
///
/// What the writer takes is decided here, by code of its own: the daemon's rule (`LoginName`) is the daemon's word.
package struct RecordName: Hashable, Comparable, Sendable, CustomStringConvertible {
  package static let maximumLength = 32

  package let text: String

  package init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard (1...Self.maximumLength).contains(bytes.count), let first = bytes.first,
      Self.isLetter(first) || first == UInt8(ascii: "_"),
      bytes.allSatisfy({ Self.isLetter($0) || (0x30...0x39).contains($0) || "_.@-".utf8.contains($0) })
    else { return nil }
    self.text = String(text)
  }

  /// Can no program that makes system accounts make this one? `adduser --system` and sysusers.d take neither a dot nor an @.
  package var isOutOfSystemsReach: Bool { text.utf8.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "@") } }

  package var description: String { text }

  package static func < (left: RecordName, right: RecordName) -> Bool { left.text < right.text }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte) }
}
