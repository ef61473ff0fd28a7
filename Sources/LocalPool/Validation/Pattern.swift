/// A pattern of the service's model, made a table by scripts/pool-model: no regular expression engine is linked in, and a
/// text is matched in one pass whatever somebody sends.
struct Pattern: Sendable {
  /// As the service quotes it.
  let text: String
  private let matcher: Matcher

  private enum Matcher: Sendable {
    case words([String])
    case table(Table)
  }

  private struct Table: Sendable {
    let classes: [UInt8]
    let width: Int
    let steps: [UInt8]
    let accepting: [UInt8]

    func accepts(_ kinds: some Sequence<Int>) -> Bool {
      var state: UInt8 = 0
      for kind in kinds {
        state = steps[Int(state) * width + Int(classes[kind])]
        guard state != Pattern.dead else { return false }
      }
      return accepting.contains(state)
    }
  }

  private static let dead: UInt8 = 255

  init(_ text: String, words: [String]) {
    self.text = text
    matcher = .words(words)
  }

  /// - Parameters:
  ///   - runs: pairs of a class and how many kinds of characters in a row are of it.
  ///   - steps: the next state for each state and class, 255 for none; the first state is 0.
  init(_ text: String, runs: [UInt8], steps: [UInt8], accepting: [UInt8]) {
    self.text = text
    var classes: [UInt8] = []
    for index in stride(from: 0, to: runs.count - 1, by: 2) {
      classes.append(contentsOf: repeatElement(runs[index], count: Int(runs[index + 1])))
    }
    let width = Int(classes.max() ?? 0) + 1
    matcher = .table(Table(classes: classes, width: width, steps: steps, accepting: accepting))
  }

  /// Whether the whole of a text is as the pattern says.
  func matches(_ text: String) -> Bool {
    switch matcher {
    case .words(let words): return words.contains(text)
    case .table(let table):
      // Nearly all that comes is ASCII: tokens of a thousand characters, too.
      return text.utf8.allSatisfy { $0 < 128 }
        ? table.accepts(text.utf8.lazy.map { Int($0) }) : table.accepts(text.unicodeScalars.lazy.map(Self.kind))
    }
  }

  /// Every ASCII character is a kind of its own. Of others there are only those that the model's patterns tell apart, in
  /// the order of scripts/pool_patterns.py.
  private static func kind(of scalar: Unicode.Scalar) -> Int {
    if scalar.value < 128 { return Int(scalar.value) }
    return switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: 128
    case .nonspacingMark, .spacingMark, .enclosingMark: 129
    case .decimalNumber, .letterNumber, .otherNumber: 130
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
      .finalPunctuation, .otherPunctuation:
      131
    case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol: 132
    case .spaceSeparator: 133
    case .lineSeparator, .paragraphSeparator: 134
    default: scalar.value == 0x85 ? 136 : 135
    }
  }
}
