import Glibc
import Logging
import SystemSupport

/// One line on stderr for each event: `<priority>message key="value"…`, as journald reads it (sd-daemon(3)); to a journal,
/// the same with each value as a field of its own (`COGNITO_USER`). Values are quoted, so that no name that somebody chose
/// can start a line or a field of its own.
package struct JournalLogHandler: LogHandler {
  package var metadata: Logger.Metadata = [:]
  package var logLevel: Logger.Level = .info
  private let journal: Journal?
  private let write: @Sendable (String) -> Void

  package init(
    journal: Journal? = nil, write: @escaping @Sendable (String) -> Void = JournalLogHandler.toStandardError
  ) {
    self.journal = journal
    self.write = write
  }

  package subscript(metadataKey key: String) -> Logger.MetadataValue? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
    let values = all.sorted { $0.key < $1.key }.map { ($0.key, Self.escaped("\($0.value)")) }
    let line = values.reduce(Self.escaped("\(event.message)")) { "\($0) \($1.0)=\"\($1.1)\"" }
    let priority = Self.priority(event.level)
    if let journal, journal.send(line, priority: priority, values.map { (Self.field($0.0), $0.1) }) { return }
    write("<\(priority)>\(line)\n")
  }

  /// `peer-uid` is COGNITO_PEER_UID.
  private static func field(_ key: String) -> String {
    "COGNITO_" + String(key.uppercased().map { $0 == "-" ? "_" : $0 })
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
