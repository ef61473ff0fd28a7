import CCurl
import Dispatch
import Synchronization

/// HTTP through the system's libcurl: its TLS, its CA certificates, its proxy settings.
///
/// Only https, or http to this machine; no redirects, cookies or compression; every answer is limited in size and
/// time. Connections are kept and used again. Requests block threads of their own, never Swift's.
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
    /// Other machines that may be spoken to in plain http, with no proxy: AWS's metadata services alone.
    var plainHosts: Set<String> = []

    /// The system's settings, and limits that fit Cognito.
    public init(
      caFile: String? = nil, proxy: Proxy = .system, maximumResponseBytes: Int = 4 << 20,
      connectTimeout: Duration = .seconds(10), maximumIdleConnections: Int = 8
    ) {
      self.caFile = caFile
      self.proxy = proxy
      self.maximumResponseBytes = maximumResponseBytes
      self.connectTimeout = connectTimeout
      self.maximumIdleConnections = maximumIdleConnections
    }
  }

  /// Where a proxy comes from. Connections to this machine never use one.
  public enum Proxy: Sendable, Hashable {
    /// `https_proxy`, `all_proxy` and `no_proxy` of the environment.
    case system
    /// No proxy, whatever the environment says: for programs that run for others.
    case none
    /// This one, for all hosts but those listed.
    case url(String, except: [String] = [])
  }

  private let settings: Settings
  private let idle = Mutex<[CurlHandle]>([])
  private let queue = DispatchQueue(label: "cognito.curl", attributes: .concurrent)

  /// libcurl wants this once, before any thread uses it.
  private static let isReady: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  /// - Parameter settings: proxy, CA file and limits.
  public init(_ settings: Settings = Settings()) {
    self.settings = settings
  }

  public func send(_ request: HTTPRequest, deadline: ContinuousClock.Instant) async throws -> HTTPResponse {
    guard let address = WebAddress(request.url) else {
      throw CognitoError(.invalidConfiguration, "Not a web address: it must be https://host[:port]/path.")
    }
    guard address.isSecure || settings.plainHosts.contains(address.host) else {
      throw CognitoError(.insecureEndpoint, "Plain http is only for this machine, not for \(address.host).")
    }
    guard Self.isReady else { throw CognitoError(.network, "libcurl can't start.") }
    let transfer = CurlTransfer(request, address: address, settings: settings, deadline: deadline)
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        guard transfer.begin(continuation) else { return }
        queue.async { self.perform(transfer) }
      }
    } onCancel: {
      transfer.cancel()
    }
  }

  /// Runs on a thread of the queue.
  private func perform(_ transfer: CurlTransfer) {
    // The handle used last is the likeliest to have a live connection.
    guard let handle = idle.withLock({ $0.popLast() }) ?? CurlHandle() else {
      transfer.finish(.failure(CognitoError(.network, "libcurl has no memory.")))
      return
    }
    transfer.finish(transfer.run(on: handle))
    idle.withLock { if $0.count < settings.maximumIdleConnections { $0.append(handle) } }
  }
}
