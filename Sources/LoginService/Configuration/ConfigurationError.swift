/// Why the daemon doesn't start: where, what is wrong, and what to do.
package struct ConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
  package let file: String
  /// Counted from 1; nil when the file as a whole is meant.
  package let line: Int?
  package let problem: String
  package let advice: String

  package init(file: String, line: Int? = nil, _ problem: String, advice: String) {
    self.file = file
    self.line = line
    self.problem = problem
    self.advice = advice
  }

  package var description: String {
    let place = line.map { "\(file):\($0)" } ?? file
    return "\(place): \(problem). \(advice)."
  }
}
