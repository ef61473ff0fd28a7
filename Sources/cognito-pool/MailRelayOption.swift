import Cognito
import FoundationEssentials
import Glibc
import LocalPool

/// The value of `--smtp`: `HOST:PORT` in clear, or `smtp://` (STARTTLS) and `smtps://` with a user, if the server wants one.
enum MailRelayOption {
  static let passwordVariable = "COGNITO_POOL_SMTP_PASSWORD"
  private static let option = "--smtp"

  static func parse(_ text: String, passwordFile: String?, caFile: String?) throws -> MailRelay {
    guard text.contains("://") else {
      guard passwordFile == nil, caFile == nil else {
        throw Failure("passwords and CA files are for a server with TLS: write \(option) smtp://… or smtps://…")
      }
      let (host, port) = try HostAndPort.parse(text, option: option)
      return MailRelay(host: host, port: port)
    }
    guard let url = URLComponents(string: text), url.scheme == "smtp" || url.scheme == "smtps",
      var host = url.host, url.path.isEmpty || url.path == "/", url.query == nil, url.fragment == nil
    else { throw malformed }
    guard url.password == nil else {
      throw Failure("\(option) takes no password: it goes into \(passwordVariable), or a file")
    }
    if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
    let port = url.port ?? (url.scheme == "smtps" ? 465 : 587)
    guard !host.isEmpty, host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"/?#%@\\[]".utf8.contains($0) }),
      (1...65_535).contains(port), !(url.user ?? "x").isEmpty,
      !(url.user ?? "").unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
    else { throw malformed }
    return MailRelay(
      tlsHost: host, port: port, startsInClear: url.scheme == "smtp", login: try login(url.user, passwordFile),
      caFile: caFile)
  }

  /// Doesn't quote what was written: there may be a password in it.
  private static var malformed: Failure {
    Failure("\(option) takes HOST:PORT, smtp://[USER@]HOST[:PORT] or smtps://[USER@]HOST[:PORT]")
  }

  private static func login(_ user: String?, _ passwordFile: String?) throws -> MailRelay.Login? {
    var bytes = getenv(passwordVariable).map { Array(String(cString: $0).utf8) }
    if let passwordFile {
      guard bytes == nil else { throw Failure("set \(passwordVariable) or --smtp-password-file, not both") }
      bytes = try InputFile.read(passwordFile)
      if bytes?.last == UInt8(ascii: "\n") { bytes?.removeLast() }
    }
    guard let user else {
      guard passwordFile == nil else { throw Failure("a password needs its user: \(option) smtps://USER@HOST") }
      return nil
    }
    guard let bytes, !bytes.isEmpty, bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
      throw Failure(
        "the password of \(user) goes into \(passwordVariable), or a file for --smtp-password-file: one line")
    }
    return MailRelay.Login(user: user, password: Secret(bytes: bytes))
  }
}
