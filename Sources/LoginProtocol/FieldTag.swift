/// The names of fields. Values and rules: pam/wire.h.
package enum FieldTag: UInt8, Sendable, CaseIterable {
  case version = 1, operation, user, service, tty, rhost, ruser, flags, text, answer, kind, echo, code, ticket
  case lease, document, more, caller

  /// How many bytes a field may have.
  var lengths: ClosedRange<Int> {
    switch self {
    case .version, .operation, .flags, .kind, .echo, .code, .more: 1...1
    case .user: 1...LoginName.maximumLength
    case .service, .lease: 1...64
    case .tty: 1...128
    case .rhost, .ruser: 1...255
    case .text: 1...4096
    case .answer: 0...1024
    case .ticket: 16...64
    case .caller: 4...4
    case .document: 2...61_440
    }
  }

  /// Whether a field's bytes keep its rule.
  func accepts(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard lengths.contains(bytes.count) else { return false }
    switch self {
    case .version: return bytes.elementsEqual([1])
    case .flags: return bytes.allSatisfy { $0 < 8 }
    case .echo, .more: return bytes.allSatisfy { $0 < 2 }
    case .operation, .kind, .code, .ticket, .caller: return true
    case .user: return LoginName.isValid(bytes)
    case .service, .tty, .rhost, .ruser: return bytes.allSatisfy { (0x21...0x7e).contains($0) }
    case .lease: return LeaseID.isValid(bytes)
    case .text: return UTF8Rules.isValid(bytes, allowingControls: false)
    case .answer, .document: return UTF8Rules.isValid(bytes, allowingControls: true)
    }
  }
}
