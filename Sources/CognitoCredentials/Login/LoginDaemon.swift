import Cognito
import LoginProtocol
import SystemSupport
import TokenCache

/// cognito-logind, asked over its socket.
package struct LoginDaemon: LeaseSource {
  private let socketPath: String
  private let timeout: Duration
  private let now: @Sendable () -> Int64

  /// - Parameters:
  ///   - timeout: for each exchange; short, because a stopped daemon must not hold git up
  ///   - now: unix time in seconds
  package init(
    socketPath: String = LoginClient.defaultSocketPath, timeout: Duration = .seconds(2),
    now: @escaping @Sendable () -> Int64
  ) {
    self.socketPath = socketPath
    self.timeout = timeout
    self.now = now
  }

  package func collect(for profile: Profile) throws -> Lease? {
    // A daemon that is away, stopped or not to be trusted is no reason to fail: there may be a stored session.
    guard let client = try? LoginClient(socketPath: socketPath, timeout: timeout) else { return nil }
    guard case .lease(let id, let document)? = try? client.request(.collect, timeout: timeout) else { return nil }
    var bytes = document.withBytes { Array($0) }
    defer { wipe(&bytes) }
    return try Lease(LeaseDocument(decoding: bytes), id: id, for: profile, now: now())
  }

  package func confirm(_ lease: Lease) {
    guard let client = try? LoginClient(socketPath: socketPath, timeout: timeout) else { return }
    _ = try? client.request(.stored(lease.id), timeout: timeout)
  }

  package func signOut() throws -> Bool {
    let client: LoginClient
    do {
      client = try LoginClient(socketPath: socketPath, timeout: timeout)
    } catch let error as LoginClientError where error.code == .notRunning {
      return false
    }
    _ = try client.request(.signOut, timeout: timeout)
    return true
  }
}
