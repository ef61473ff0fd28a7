extension LoginMessage: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// For logs and tests. Answers, tickets, lease names and tokens are never in it.
  package var description: String {
    switch self {
    case .begin(let begin): "begin(\(begin.summary))"
    case .answer: "answer(<secret>)"
    case .prompt(let prompt): "prompt(\(prompt.kind) echo=\(prompt.echo) \(String(reflecting: prompt.text)))"
    case .info(let text): "info(\(String(reflecting: text)))"
    case .error(let text): "error(\(String(reflecting: text)))"
    case .result(let outcome):
      "result(\(outcome.code) \(outcome.operation) \(outcome.user)\(outcome.ticket == nil ? "" : " ticket=<secret>"))"
    case .stored: "stored(<secret>)"
    case .loginAdd(let name, let user):
      "loginAdd(\(name)\(user.map { " poolUser=\(String(reflecting: $0))" } ?? ""))"
    case .loginRemove(let name): "loginRemove(\(name))"
    case .loginList(let name): "loginList(\(name.map { "after=\($0)" } ?? ""))"
    case .loginUnlock(let name): "loginUnlock(\(name))"
    case .loginLock(let name): "loginLock(\(name))"
    case .loginForget(let name): "loginForget(\(name))"
    case .loginTest(let name, let service): "loginTest(\(name) service=\(service))"
    case .lease: "lease(<secret>)"
    case .logins(let document, let more): "logins(\(document.utf8.count) bytes more=\(more))"
    case .report(let document): "report(\(document.utf8.count) bytes)"
    case .refused(let refusal): "refused(\(refusal.code) \(String(reflecting: refusal.text)))"
    case .cancel, .collect, .signOut, .status, .loginSessions, .nothing, .done: "\(type)"
    }
  }

  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension Begin {
  var summary: String {
    var parts = ["\(operation)", "user=\(user)", "service=\(service)"]
    for (name, value) in [("tty", tty), ("rhost", rhost), ("ruser", ruser)] {
      if let value { parts.append("\(name)=\(value)") }
    }
    if flags.rawValue != 0 { parts.append("flags=\(flags.rawValue)") }
    if ticket != nil { parts.append("ticket=<secret>") }
    if let caller { parts.append("caller=\(caller)") }
    return parts.joined(separator: " ")
  }
}
