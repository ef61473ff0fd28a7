import Glibc
import Logging
import SystemSupport

/// One line on stderr for each event: `<priority>message key="value"…`, as journald reads it (sd-daemon(3)). Values are
/// quoted, so that no name that somebody chose can start a line of its own.
package struct JournalLogHandler: LogHandler {
  package var metadata: Logger.Metadata = [:]
  package var logLevel: Logger.Level = .info
  private let write: @Sendable (String) -> Void

  package init(write: @escaping @Sendable (String) -> Void = JournalLogHandler.toStandardError) { self.write = write }

  package subscript(metadataKey key: String) -> Logger.MetadataValue? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    var line = "<\(Self.priority(event.level))>\(Self.escaped("\(event.message)"))"
    let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
    for (key, value) in all.sorted(by: { $0.key < $1.key }) { line += " \(key)=\"\(Self.escaped("\(value)"))\"" }
    write(line + "\n")
  }

  /// What is printable as it is; everything else, and quotes, as `\u{…}`.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars.prefix(2000) {
      if scalar.isPrintable, scalar != "\"", scalar != "\\" {
        result.unicodeScalars.append(scalar)
      } else {
        result += "\\u{\(String(scalar.value, radix: 16))}"
      }
    }
    return result
  }

  private static func priority(_ level: Logger.Level) -> Int {
    switch level {
    case .trace, .debug: 7
    case .info: 6
    case .notice: 5
    case .warning: 4
    case .error: 3
    case .critical: 2
    }
  }

  /// One write, so that lines of several threads don't mix.
  package static let toStandardError: @Sendable (String) -> Void = { line in
    Descriptor.writeAll(STDERR_FILENO, Array(line.utf8))
  }
}
