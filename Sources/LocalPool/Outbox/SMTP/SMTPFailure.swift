/// Why a mail server didn't take a message.
enum SMTPFailure: Error, Equatable, CustomStringConvertible {
  /// No connection, or it ended too early or took too long.
  case unreachable(String)
  case notSMTP
  /// The server said no to a step.
  case refused(step: String, SMTPReply)
  /// The message can't be sent by SMTP at all.
  case unsendable(String)

  /// Whether it makes sense to try again: not after a reply in the five hundreds.
  var isPermanent: Bool {
    switch self {
    case .unreachable, .notSMTP: false
    case .refused(_, let reply): reply.code >= 500
    case .unsendable: true
    }
  }

  /// Whether it is about the server, so that another message would fare no better.
  var isOfServer: Bool {
    switch self {
    case .unreachable, .notSMTP: true
    case .refused, .unsendable: false
    }
  }

  var description: String {
    switch self {
    case .unreachable(let reason): reason
    case .notSMTP: "what answers there doesn't speak SMTP"
    case .refused(let step, let reply): "the server refused \(step): \(reply.description)"
    case .unsendable(let reason): reason
    }
  }
}
