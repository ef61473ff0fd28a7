import Logging
import LoginProtocol

/// What the journal shall say of one conversation: who, where, how it ended and why, in one entry.
final class Audit {
  /// Why it came to nothing, where more than the outcome is known.
  var reason: String?
  /// Whether `Refusals` counts it: then it has no line of its own.
  var isCounted = false

  func log(_ outcome: Outcome, uid: UInt32?, to logger: Logger) {
    guard !isCounted, let message = Self.message(outcome) else { return }
    var metadata: Logger.Metadata = ["outcome": "\(outcome.code)"]
    if let reason { metadata["reason"] = "\(reason)" }
    if let uid { metadata["uid"] = "\(uid)" }
    // A name that nobody has here is no failure of anybody's.
    logger.log(level: outcome.code == .unknownUser ? .info : .notice, message, metadata: metadata)
  }

  private static func message(_ outcome: Outcome) -> Logger.Message? {
    switch (outcome.operation, outcome.code) {
    case (.authenticate, .success): "signed in"
    case (.authenticate, _): "not signed in"
    case (.account, .success), (.account, .unknownUser): nil
    case (.account, _): "not let in"
    case (.changeCheck, .success), (.changeUpdate, .success): nil
    case (.changeCheck, _), (.changeUpdate, _): "password not changed"
    case (.openSession, _), (.closeSession, _): nil
    }
  }
}
