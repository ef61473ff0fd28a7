/// HTML built from parts that are either markup of ours or text of others, escaped.
struct HTML: ExpressibleByStringInterpolation, Sendable {
  let markup: String

  init(markup: String) { self.markup = markup }
  init(stringLiteral value: String) { markup = value }
  init(stringInterpolation: Interpolation) { markup = stringInterpolation.markup }

  /// Text goes in escaped; only `HTML` goes in as it is. So forgetting to escape can't be written.
  struct Interpolation: StringInterpolationProtocol {
    var markup = ""
    init(literalCapacity: Int, interpolationCount: Int) { markup.reserveCapacity(literalCapacity) }
    mutating func appendLiteral(_ literal: String) { markup += literal }
    mutating func appendInterpolation(_ html: HTML) { markup += html.markup }
    mutating func appendInterpolation(_ parts: [HTML]) { for part in parts { markup += part.markup } }
    mutating func appendInterpolation(_ number: Int) { markup += String(number) }
    mutating func appendInterpolation(_ text: String) { markup += HTML.escaped(text) }
  }

  /// Text that stands for itself in content and in quoted attributes.
  static func escaped(_ text: String) -> String {
    var markup = ""
    for character in text.unicodeScalars {
      switch character {
      case "&": markup += "&amp;"
      case "<": markup += "&lt;"
      case ">": markup += "&gt;"
      case "\"": markup += "&quot;"
      case "'": markup += "&#39;"
      default: markup.unicodeScalars.append(character)
      }
    }
    return markup
  }

  static let nothing = HTML(markup: "")
}
