import Dispatch
import Glibc
import SystemSupport

extension HostedUI {
  /// Signs in with a browser on this machine: opens the pool's pages and waits on a loopback address for the way
  /// back.
  ///
  /// - Parameters:
  ///   - signIn: from ``begin(redirectURI:identityProvider:loginHint:language:)``, with a redirect URI such as
  ///     "http://localhost:8400/callback" or "http://127.0.0.1:8400/callback".
  ///   - timeout: how long the user may take, a day at most.
  ///   - open: shows the address to the user or starts the browser; called while the port is listened on.
  /// - Throws: ``CognitoError/Code/invalidConfiguration`` when the redirect URI isn't on this machine or its port is
  ///   taken, ``CognitoError/Code/timeout``, ``CognitoError/Code/cancelled``, and the errors of
  ///   ``finish(_:query:)``.
  public func signIn(
    _ signIn: HostedSignIn, timeout: Duration = .seconds(300), open: @Sendable (_ url: String) async throws -> Void
  ) async throws(CognitoError) -> TokenSet {
    guard let address = WebAddress(signIn.redirectURI), address.scheme == "http", address.isLoopback,
      address.query == nil, let port = address.port.flatMap({ UInt16(exactly: $0) })
    else {
      throw CognitoError(
        .invalidConfiguration, "The redirect URI must be on this machine: http://localhost:PORT/path.")
    }
    let listener = try LoopbackListener(port: port)
    async let query = Self.wait(listener, min(timeout, .seconds(86_400))) { request in
      guard request.host == address.hostHeader, request.path == address.path else { return (.notFound, nil) }
      // Only the right state ends the waiting: other programs of this machine can reach the port as well.
      guard let fields = QueryString.decode(request.query), signIn.belongs(fields) else { return (.badRequest, nil) }
      return (fields["code"] == nil ? .failed : .signedIn, request.query)
    }
    // The browser may come back before opening it returns.
    do {
      try await open(signIn.url)
      return try await finish(signIn, query: query)
    } catch {
      throw CognitoError(ofCallback: error)
    }
  }

  /// Waits on a thread that may block; Swift's own may not.
  private static func wait(
    _ listener: LoopbackListener, _ timeout: Duration,
    _ answer: @escaping @Sendable (RedirectRequest) -> (page: RedirectPage, query: String?)
  ) async throws(CognitoError) -> String {
    let stop = try StopSignal()
    return try await CognitoError.typed {
      try await withTaskCancellationHandler {
        try await withCheckedThrowingContinuation { continuation in
          DispatchQueue(label: "cognito.redirect").async {
            var query: String?
            let result = Result { () throws(CognitoError) in
              try listener.wait(milliseconds: Int64(timeout / .milliseconds(1)), stop: stop.readable) { request in
                let (page, found) = answer(request)
                query = found
                return (page, found != nil)
              }
            }
            continuation.resume(with: result.map { query ?? "" }.mapError { $0 as any Error })
          }
        }
      } onCancel: {
        stop.send()
      }
    }
  }
}

/// A pair of sockets that wakes a thread out of poll(2).
private final class StopSignal: Sendable {
  let readable: Int32
  private let writable: Int32

  init() throws(CognitoError) {
    var ends: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
      throw CognitoError(.network, "There are no free descriptors.")
    }
    (readable, writable) = (ends[0], ends[1])
  }

  deinit {
    close(readable)
    close(writable)
  }

  func send() {
    var byte: UInt8 = 0
    _ = write(writable, &byte, 1)
  }
}
