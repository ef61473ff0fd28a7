extension Unicode.Scalar {
  /// May it reach a terminal or a journal? Not what moves a cursor, ends a line, turns the direction of writing around,
  /// or shows as nothing: control and format characters (U+202E and U+200B among them), line and paragraph separators,
  /// private use, and what no character is assigned to.
  package var isPrintable: Bool {
    if isASCII { return value >= 0x20 && value != 0x7f }
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: return false
    default: return true
    }
  }
}

/// Text of a server's, a file's or somebody's choice, made fit for a terminal: white space comes out as a blank, anything
/// else that isn't printable as "?".
/// - Parameters:
///   - maximum: how many Unicode scalars are kept
///   - keepsLines: whether a newline stays one
package func printable(_ text: String, maximum: Int = .max, keepsLines: Bool = false) -> String {
  var shown = String.UnicodeScalarView()
  for scalar in text.unicodeScalars.prefix(maximum) {
    if scalar.isPrintable || keepsLines && scalar == "\n" {
      shown.append(scalar)
    } else {
      shown.append(scalar.properties.isWhitespace ? " " : "?")
    }
  }
  return String(shown)
}
