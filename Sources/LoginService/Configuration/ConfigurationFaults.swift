import SystemSupport

/// Everything that is wrong with a configuration: whoever mends it line by line would have to try as often.
package struct ConfigurationFaults: Error, Equatable, CustomStringConvertible {
  /// At least one; those that have a line first, in the file's order.
  package let all: [ConfigurationError]

  package init(_ faults: [ConfigurationError]) {
    all = faults.enumerated().sorted { ($0.element.line ?? .max, $0.offset) < ($1.element.line ?? .max, $1.offset) }
      .map(\.element)
  }

  /// A line for each.
  package var description: String { all.map(\.description).joined(separator: "\n") }
}

/// Gathers them while the parts of a configuration are read.
final class FaultList {
  private var found: [ConfigurationError] = []

  func add(_ fault: ConfigurationError) { found.append(fault) }

  /// To be called when all has been read.
  func check() throws(ConfigurationFaults) {
    if !found.isEmpty { throw ConfigurationFaults(found) }
  }
}
