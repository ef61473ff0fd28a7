extension AWSSurroundings {
  /// A path with `$NAME` and `${NAME}` replaced by the variables that are set, and a leading `~/` by the home directory, as
  /// the AWS tools do with the paths of their files.
  package func expanded(_ path: String) -> String {
    var output = String.UnicodeScalarView()
    var rest = path.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      let isBraced = rest.first == "{"
      let body = isBraced ? rest.dropFirst() : rest
      let name = body.prefix { isBraced ? $0 != "}" : Self.isNameScalar($0) }
      guard scalar == "$", !isBraced || name.endIndex < body.endIndex, let value = environment[String(name)] else {
        output.append(scalar)
        continue
      }
      output.append(contentsOf: value.unicodeScalars)
      rest = body[name.endIndex...].dropFirst(isBraced ? 1 : 0)
    }
    let text = String(output)
    guard text.hasPrefix("~/"), let home = variable("HOME") else { return text }
    return home + text.dropFirst()
  }

  private static func isNameScalar(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII && (scalar.properties.isAlphabetic || scalar == "_" || ("0"..."9").contains(scalar))
  }
}
