import Cognito

/// A value in a refusal, as Java writes it; nothing where it is secret.
struct ShownValue {
  private static let longest = 256

  private let text: () -> String?

  init(_ value: JSONValue, isHidden: Bool) { text = { isHidden ? nil : Self.plain(value) } }

  init(_ elements: [JSONValue], isHidden: Bool) {
    text = { isHidden ? nil : "[\(elements.prefix(Self.longest).map(Self.plain).joined(separator: ", "))]" }
  }

  init(_ members: [String: JSONValue], isHidden: Bool) {
    text = {
      guard !isHidden else { return nil }
      let shown = members.sorted { $0.key < $1.key }.prefix(Self.longest).map { "\($0.key)=\(Self.plain($0.value))" }
      return "{\(shown.joined(separator: ", "))}"
    }
  }

  /// Adds a sentence for each broken rule.
  func add(_ rules: [String], at path: () -> String, to problems: inout [String]) {
    guard !rules.isEmpty else { return }
    // What was sent is quoted, but must not make an answer many times its length.
    let shown = text().map { " '\($0.prefix(Self.longest))'" } ?? ""
    for rule in rules { problems.append("Value\(shown) at '\(path())' failed to satisfy constraint: \(rule)") }
  }

  private static func plain(_ value: JSONValue) -> String {
    switch value {
    case .string(let text): text
    case .int(let number): "\(number)"
    case .largeInt(let digits): digits
    case .double(let number): "\(number)"
    case .bool(let flag): "\(flag)"
    case .null, .array, .object: "null"
    }
  }
}
