/// Why a file or a setting is refused: where, what is wrong, and what to do.
package struct ConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
  package let file: String
  /// Counted from 1; nil when the file as a whole is meant.
  package let line: Int?
  package let problem: String
  package let advice: String

  /// - Parameters:
  ///   - problem: no full stop at its end; what it quotes of the file is made printable in the description
  ///   - advice: the next step, no full stop at its end
  package init(file: String, line: Int? = nil, _ problem: String, advice: String) {
    self.file = file
    self.line = line
    self.problem = problem
    self.advice = advice
  }

  package init(file: String, _ failure: TrustedFile.Failure) {
    self.init(file: file, failure.problem, advice: failure.advice)
  }

  package var description: String {
    let place = line.map { "\(file):\($0)" } ?? file
    return printable("\(place): ") + printable(problem, maximum: 500) + printable(". \(advice).")
  }
}
