/// Splits a command of a configuration file into words as the AWS tools do, without a shell: blanks separate, single
/// and double quotes hold together, a backslash escapes (not within single quotes). Nothing is expanded.
package enum CommandWords {
  /// `nil` for a quote that isn't closed, or no word at all.
  package static func split(_ command: String) -> [String]? {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var characters = command.makeIterator()
    while let character = characters.next() {
      switch (character, quote) {
      case ("\\", let open) where open != "'":
        guard let next = characters.next() else { return nil }
        word = (word ?? "") + String(next)
      case ("'", nil), ("\"", nil):
        quote = character
        word = word ?? ""
      case (_, .some(character)): quote = nil
      case (" ", nil), ("\t", nil):
        if let finished = word { words.append(finished) }
        word = nil
      default: word = (word ?? "") + String(character)
      }
    }
    guard quote == nil else { return nil }
    if let word { words.append(word) }
    return words.isEmpty ? nil : words
  }
}
