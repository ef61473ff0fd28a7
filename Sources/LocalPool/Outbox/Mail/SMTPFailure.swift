/// Why a mail server didn't take a message.
enum SMTPFailure: Error, Equatable, CustomStringConvertible {
  /// No connection, none that can be trusted, no login, or an end too early or too late.
  case unreachable(String)
  /// The server said no to this message.
  case refused(SMTPReply)
  /// The message can't be sent by SMTP at all.
  case unsendable(String)

  /// Whether it makes no sense to try again: after a reply in the five hundreds.
  var isPermanent: Bool {
    switch self {
    case .unreachable: false
    case .refused(let reply): reply.code >= 500
    case .unsendable: true
    }
  }

  /// Whether it is about the server, so that another message would fare no better.
  var isOfServer: Bool {
    switch self {
    case .unreachable: true
    case .refused, .unsendable: false
    }
  }

  var description: String {
    switch self {
    case .unreachable(let reason), .unsendable(let reason): reason
    case .refused(let reply): "the server refused it: \(reply)"
    }
  }
}
