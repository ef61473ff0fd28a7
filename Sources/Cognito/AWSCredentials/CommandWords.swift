/// Splits a text of a configuration file into words as the AWS tools do (Python's `shlex.split`), without a shell: blanks
/// and line ends separate, single and double quotes hold together, a backslash escapes: within double quotes only `"` and
/// itself, within single quotes nothing. Nothing is expanded.
package enum CommandWords {
  /// `nil` for a quote that isn't closed, or no word at all.
  package static func split(_ command: String) -> [String]? {
    var words: [String] = []
    var word: String.UnicodeScalarView?
    var quote: Unicode.Scalar?
    // By scalars: to a String, a quote with an accent upon it is no quote.
    var scalars = command.unicodeScalars.makeIterator()
    while let scalar = scalars.next() {
      switch (scalar, quote) {
      case ("\\", let open) where open != "'":
        guard let next = scalars.next() else { return nil }
        var kept = word ?? .init()
        if open == "\"", next != "\"", next != "\\" { kept.append(scalar) }
        kept.append(next)
        word = kept
      case ("'", nil), ("\"", nil):
        quote = scalar
        word = word ?? .init()
      case (_, .some(scalar)): quote = nil
      case (" ", nil), ("\t", nil), ("\r", nil), ("\n", nil):
        if let finished = word { words.append(String(finished)) }
        word = nil
      default:
        var kept = word ?? .init()
        kept.append(scalar)
        word = kept
      }
    }
    guard quote == nil else { return nil }
    if let word { words.append(String(word)) }
    return words.isEmpty ? nil : words
  }
}
