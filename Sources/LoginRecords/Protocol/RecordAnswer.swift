import SystemSupport

/// What the writer says to a request, one line each.
package enum RecordAnswer: Sendable, Equatable {
  /// The person's id. Groups that can't be given are named in `withheld`; all others are.
  case bound(UInt32, withheld: [RecordName])
  case done
  case refused(RecordRefusal)

  package static let maximumLength = 8192

  /// With its newline.
  package var line: String {
    switch self {
    case .bound(let id, let withheld):
      "bound \(id) \(withheld.isEmpty ? "-" : withheld.map(\.text).joined(separator: ","))\n"
    case .done: "done\n"
    case .refused(let refusal): "refused \(refusal.code.rawValue) \(printable(refusal.reason, maximum: 500))\n"
    }
  }

  /// - Parameter line: without its newline
  package init?(_ line: some Collection<UInt8>) {
    guard line.count < Self.maximumLength, let text = String(validating: line, as: UTF8.self) else { return nil }
    if text == "done" {
      self = .done
      return
    }
    let words = text.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
    guard words.count == 3 else { return nil }
    switch words[0] {
    case "bound":
      let names = words[2] == "-" ? [] : words[2].split(separator: ",", omittingEmptySubsequences: false)
      let withheld = names.compactMap { RecordName($0) }
      guard let id = UInt32(words[1]), withheld.count == names.count else { return nil }
      self = .bound(id, withheld: withheld)
    case "refused":
      guard let code = RecordRefusal.Code(rawValue: String(words[1])) else { return nil }
      self = .refused(RecordRefusal(code, String(words[2])))
    default: return nil
    }
  }
}
