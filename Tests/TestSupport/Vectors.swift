import Cognito
import FoundationEssentials

/// The vectors shared by all test targets, found from this file's own place in the repository.
package enum Vectors {
  /// The whole of Tests/Vectors/cognito_vectors.json.
  package static let cognito: JSONValue = load("cognito_vectors.json")

  /// One JSON file of Tests/Vectors.
  package static func load(_ name: String) -> JSONValue {
    let path = path(name)
    do {
      return try JSONValue.parse(Array(Data(contentsOf: URL(filePath: path))))
    } catch {
      preconditionFailure("can't read \(path): \(error)")
    }
  }

  /// The lines of a text file of Tests/Vectors that say something.
  package static func lines(_ name: String) -> [String] {
    guard let text = try? String(contentsOf: URL(filePath: path(name)), encoding: .utf8) else {
      preconditionFailure("can't read \(path(name))")
    }
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
  }

  /// Where a file of Tests/Vectors is.
  package static func path(_ name: String) -> String {
    let tests = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2).joined(separator: "/")
    return "\(tests)/Vectors/\(name)"
  }
}

extension JSONValue {
  /// The text of a member that a vector must have.
  package func text(_ name: String) -> String {
    guard let text = self[name]?.string else { preconditionFailure("the vector has no text \(name)") }
    return text
  }

  /// The elements of a member that a vector file must have.
  package func list(_ name: String) -> [JSONValue] {
    guard let list = self[name]?.array else { preconditionFailure("the vectors have no list \(name)") }
    return list
  }
}
