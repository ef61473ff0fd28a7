/// git-credential-cognito: `get`, `store`, `erase`, `capability`.
package struct GitCredentialHelper: CredentialHelper {
  package let action: HelperAction
  private let request: GitCredentialMessage

  package static func readsInput(_ arguments: [String]) -> Bool {
    arguments == ["get"] || arguments == ["store"] || arguments == ["erase"]
  }

  package static func isComplete(_ input: [UInt8]) -> Bool {
    input.first == UInt8(ascii: "\n") || input.suffix(2) == [UInt8(ascii: "\n"), UInt8(ascii: "\n")]
  }

  package init(arguments: [String], input: [UInt8]) {
    guard arguments.count == 1, let operation = arguments.first else {
      request = GitCredentialMessage()
      action = .reply(Self.usage)
      return
    }
    guard Self.readsInput(arguments) else {
      request = GitCredentialMessage()
      // An operation of a later git: silence, so that it can add some.
      action = .reply(operation == "capability" ? Self.capabilities : .nothing)
      return
    }
    do throws(GitCredentialMessage.Refusal) {
      request = try GitCredentialMessage(parsing: input)
      action = Self.action(operation, request)
    } catch {
      request = GitCredentialMessage()
      action = .reply(Self.failure("\(error); nothing was answered"))
    }
  }

  private static func action(_ operation: String, _ request: GitCredentialMessage) -> HelperAction {
    // Without both of them "any host" would match (CVE-2020-11008).
    guard let scheme = request.scheme, let host = request.host, !scheme.isEmpty, !host.isEmpty else {
      return .reply(failure("the request names no protocol or no host; nothing was answered"))
    }
    let username = request.username.flatMap { $0.isEmpty ? nil : $0 }
    let target = CredentialTarget(scheme: scheme, host: host, username: username)
    switch operation {
    case "get": return .get(target)
    case "erase": return .erase(target, onlyIf: request.secret)
    default: return .reply(.nothing)  // `store`: what is to be kept, we keep already.
    }
  }

  package func reply(to outcome: HelperOutcome) -> HelperReply {
    switch outcome {
    case .found(let credential): answer(credential)
    case .unavailable(let reason): Self.failure(reason)
    case .notServed, .erased, .listed: .nothing
    }
  }

  /// All lines or none: git takes what it has read, whatever the exit code says.
  private func answer(_ credential: Credential) -> HelperReply {
    let username = request.username.flatMap { $0.isEmpty ? nil : $0 } ?? credential.username
    let isNew = request.capabilities.contains("authtype")
    var lines: [(String, String)] = isNew ? [("capability[]", "authtype")] : []
    switch GitScheme.of(chosen: credential.gitScheme, canBearer: isNew, offers: request.challenges) {
    case .bearer: lines += [("authtype", "Bearer"), ("credential", credential.token)]
    case .basic: lines += [("username", username), ("password", credential.token)]
    }
    // Keeps helpers that know it from writing a short-lived token to a disk.
    if isNew { lines.append(("ephemeral", "1")) }
    lines.append(("password_expiry_utc", String(credential.expiresAt)))
    var output: [UInt8] = []
    for (key, value) in lines {
      let line = Array("\(key)=\(value)\n".utf8)
      guard line.count <= GitCredentialMessage.maximumLineBytes, !value.isEmpty,
        !value.utf8.contains(where: { $0 == 0 || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") })
      else { return Self.failure("`\(key)` can't be written in git's credential protocol; nothing was answered") }
      output += line
    }
    return HelperReply(output: output)
  }

  private static let capabilities = HelperReply(output: Array("version 0\ncapability authtype\n".utf8))

  private static let usage = HelperReply(
    message: "usage: git-credential-cognito get|store|erase|capability (git runs it: `git config "
      + "credential.https://HOST.helper cognito`)",
    exitCode: 64)

  private static func failure(_ reason: String) -> HelperReply {
    HelperReply(message: "git-credential-cognito: \(reason)", exitCode: 1)
  }
}
