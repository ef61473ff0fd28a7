/// The authentication schemes that a server offers: the names in its `WWW-Authenticate` fields (RFC 9110, section 11.6.1).
///
/// One field may hold several challenges, and commas stand between the parameters of one as well as between two. A comma
/// or a name inside a quoted string is neither. What can't be understood offers nothing, but isn't silence.
package struct HTTPChallenges: Equatable, Sendable {
  /// In lower case, in the server's order, each as often as it comes.
  package private(set) var schemes: [String] = []

  package init() {}

  /// Whether there was no field at all.
  package private(set) var isSilent = true

  /// - Parameter scheme: in lower case
  package func offer(_ scheme: String) -> Bool { schemes.contains(scheme) }

  /// Takes one field's value.
  package mutating func add(_ field: ArraySlice<UInt8>) {
    isSilent = false
    for part in Self.parts(of: field) {
      if let scheme = Self.scheme(startingIn: part) { schemes.append(scheme) }
    }
  }

  /// The field at its commas, those in quoted strings aside.
  private static func parts(of field: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    var start = field.startIndex
    var isQuoted = false
    var isEscaped = false
    for index in field.indices {
      let byte = field[index]
      if isEscaped {
        isEscaped = false
      } else if isQuoted, byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isQuoted.toggle()
      } else if !isQuoted, byte == UInt8(ascii: ",") {
        parts.append(field[start..<index])
        start = index + 1
      }
    }
    parts.append(field[start...])
    return parts
  }

  /// The scheme, if a challenge begins here: a word that ends the part or has a blank after it, and no `=` after that.
  /// `realm="x"` and `realm = "x"` go on with the challenge before them.
  private static func scheme(startingIn part: ArraySlice<UInt8>) -> String? {
    let text = part.drop(while: isBlank)
    let word = text.prefix(while: isTokenByte)
    guard !word.isEmpty else { return nil }
    let rest = text[word.endIndex...]
    guard rest.isEmpty || rest.first.map(isBlank) == true else { return nil }
    guard rest.drop(while: isBlank).first != UInt8(ascii: "=") else { return nil }
    return String(decoding: word.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  /// RFC 9110, section 5.6.2.
  private static func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }
}
