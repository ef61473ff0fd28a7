/// Why a `profiles.conf` is refused, with the place, so that it can be put right.
package struct ProfileError: Error, Equatable, CustomStringConvertible {
  package var file: String
  /// 1-based; nil when the whole file is meant.
  package var line: Int?
  package var reason: String

  package init(file: String, line: Int?, reason: String) {
    self.file = file
    self.line = line
    self.reason = reason
  }

  package var description: String {
    guard let line else { return "\(file): \(reason)" }
    return "\(file):\(line): \(reason)"
  }
}
