/// A Linux login name that we serve: `[a-z_][a-z0-9_.@-]{0,31}`. Names are refused, never corrected.
///
/// Lower case only, so that two spellings of one Cognito user can't become two accounts; no `:`, `/` or newline, so that
/// a name is safe in file names, passwd lines and logs; no leading digit, so that it can't be taken for a uid.
package struct LoginName: Hashable, Comparable, Sendable, CustomStringConvertible {
  package static let maximumLength = 32

  package let text: String

  package init?(_ text: String) {
    guard Self.isValid(Array(text.utf8)[...]) else { return nil }
    self.text = text
  }

  package var description: String { text }

  package static func < (left: LoginName, right: LoginName) -> Bool { left.text < right.text }

  static func isValid(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard (1...maximumLength).contains(bytes.count), let first = bytes.first else { return false }
    guard isLetter(first) || first == UInt8(ascii: "_") else { return false }
    return bytes.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || "_.@-".utf8.contains($0) }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte) }
}
