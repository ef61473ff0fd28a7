import CCurl
import SystemSupport

/// HTTP through the system's libcurl: its TLS, its CA certificates, its proxy settings.
///
/// Only https, or http to this machine; no redirects, cookies or compression; every answer is limited in size and
/// time. Connections are kept and used again. All requests share one thread of the transport's own, which starts with the
/// first of them; none blocks a thread of Swift's.
public final class CurlTransport: HTTPTransport {
  /// How to reach the network.
  public struct Settings: Sendable {
    /// A file of CA certificates (PEM) to trust in place of the system's.
    public var caFile: String?
    /// Which proxy to use.
    public var proxy: Proxy
    /// Longest body of an answer, in bytes.
    public var maximumResponseBytes: Int
    /// Longest time to make a connection.
    public var connectTimeout: Duration
    /// Idle connections that are kept.
    public var maximumIdleConnections: Int
    /// Connections that may be open at a time; more requests than that wait for one.
    public var maximumConnections: Int
    /// Which program on which machine the requests say that they come from.
    public var userAgent: UserAgent
    /// Other machines that may be spoken to in plain http, with no proxy: AWS's metadata services alone.
    var plainHosts: Set<String> = []

    /// The system's settings, and limits that fit Cognito.
    ///
    /// - Parameters:
    ///   - caFile: CA certificates (PEM) in place of the system's.
    ///   - proxy: which proxy to use.
    ///   - maximumResponseBytes: longest body of an answer.
    ///   - connectTimeout: longest time to make a connection.
    ///   - maximumIdleConnections: how many are kept.
    ///   - maximumConnections: how many may be open at a time; more requests than that wait for one.
    ///   - userAgent: which program on which machine the requests say that they come from.
    public init(
      caFile: String? = nil, proxy: Proxy = .system, maximumResponseBytes: Int = 4 << 20,
      connectTimeout: Duration = .seconds(10), maximumIdleConnections: Int = 8, maximumConnections: Int = 64,
      userAgent: UserAgent = UserAgent()
    ) {
      self.caFile = caFile
      self.proxy = proxy
      self.maximumResponseBytes = maximumResponseBytes
      self.connectTimeout = connectTimeout
      self.maximumIdleConnections = maximumIdleConnections
      self.maximumConnections = maximumConnections
      self.userAgent = userAgent
    }
  }

  /// Where a proxy comes from. Connections to this machine never use one.
  @nonexhaustive
  public enum Proxy: Sendable, Hashable {
    /// `https_proxy`, `all_proxy` and `no_proxy` of the environment.
    case system
    /// No proxy, whatever the environment says: for programs that run for others.
    case none
    /// This one, for all hosts but those listed.
    case url(String, except: [String] = [])
  }

  private let plainHosts: Set<String>
  private let loop: CurlLoop?

  /// libcurl wants this once, before any thread uses it.
  private static let isReady: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  /// - Parameter settings: proxy, CA file and limits.
  public init(_ settings: Settings = Settings()) {
    plainHosts = settings.plainHosts
    loop = Self.isReady ? CurlLoop(settings) : nil
  }

  deinit { loop?.stop() }

  /// Sends one request, once, on the transport's own thread.
  ///
  /// - Parameters:
  ///   - request: what to send.
  ///   - deadline: when to give up, also while it waits for a connection.
  /// - Throws: ``CognitoError``, as ``HTTPTransport/send(_:deadline:)`` says.
  public func send(_ request: HTTPRequest, deadline: ContinuousClock.Instant) async throws(CognitoError) -> HTTPResponse
  {
    guard let address = WebAddress(request.url) else {
      throw CognitoError(.invalidConfiguration, "Not a web address: it must be https://host[:port]/path.")
    }
    guard address.isSecure || plainHosts.contains(address.host) else {
      throw CognitoError(.insecureEndpoint, "Plain http is only for this machine, not for \(address.host).")
    }
    guard let loop else { throw CognitoError(.network, "libcurl can't start.") }
    // The loop ends with the transport, which must not go while an answer is awaited.
    defer { withExtendedLifetime(self) {} }
    let transfer = CurlTransfer(request, address: address, deadline: deadline)
    return try await CognitoError.typed {
      try await withTaskCancellationHandler {
        try await withCheckedThrowingContinuation { continuation in
          if transfer.begin(continuation) { loop.add(transfer) }
        }
      } onCancel: {
        transfer.cancel()
        loop.wake()
      }
    }
  }
}
