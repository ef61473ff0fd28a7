import Cognito

/// A mail server that takes the pool's messages.
public struct MailRelay: Sendable {
  /// How the way there is kept from others' eyes.
  public enum Security: Sendable {
    /// Not at all: a relay on this machine, or a catcher for tests such as Mailpit.
    case none
    /// STARTTLS, without which nothing is sent.
    case startTLS
    /// TLS from the first byte.
    case tls
  }

  /// Who the pool is to the server; told over TLS only.
  public struct Login: Sendable {
    public let user: String
    public let password: Secret

    public init(user: String, password: Secret) {
      self.user = user
      self.password = password
    }
  }

  public let host: String
  public let port: Int
  public let security: Security
  /// Nil where `security` is `none`.
  public let login: Login?
  /// A file of CA certificates (PEM) in place of the system's.
  public let caFile: String?

  /// - Parameter host: a name, or an address without brackets.
  public init(host: String, port: Int) {
    self.init(host: host, port: port, security: .none, login: nil, caFile: nil)
  }

  /// A server with TLS.
  ///
  /// - Parameters:
  ///   - host: a name, or an address without brackets.
  ///   - startsInClear: whether TLS begins with STARTTLS, as on port 587; else with the first byte, as on port 465.
  ///   - login: for a server that wants one.
  ///   - caFile: CA certificates (PEM) in place of the system's.
  public init(tlsHost host: String, port: Int, startsInClear: Bool, login: Login? = nil, caFile: String? = nil) {
    self.init(host: host, port: port, security: startsInClear ? .startTLS : .tls, login: login, caFile: caFile)
  }

  private init(host: String, port: Int, security: Security, login: Login?, caFile: String?) {
    self.host = host
    self.port = port
    self.security = security
    self.login = login
    self.caFile = caFile
  }

  /// Whether messages with their codes can be read on the way.
  package var isInClear: Bool { security == .none && !["localhost", "127.0.0.1", "::1"].contains(host) }

  var url: String {
    "\(security == .tls ? "smtps" : "smtp")://\(host.contains(":") ? "[\(host)]" : host):\(port)"
  }
}
