import FoundationEssentials
import Glibc
import TokenCache

/// One process at a time renews a credential: with rotation, the second one to use a refresh token loses the session.
///
/// The lock is on a file per credential (profile, pool and client) in the user's state directory, not in the runtime
/// directory: a cron job, an SSH session and the desktop don't share the latter, but may share the session. The file
/// is never deleted: a lock on a deleted file guards nothing.
package struct CredentialLock: Sendable {
  private let directory: PrivateDirectory
  private let timeout: Duration

  /// - Parameters:
  ///   - state: the user's state directory
  ///   - timeout: longer than a holder needs, whose own calls have deadlines
  package init(state: String, timeout: Duration = .seconds(60)) {
    directory = PrivateDirectory(state + "/locks")
    self.timeout = timeout
  }

  /// Runs `body` while no other process does so for this profile.
  package func withLock<Value>(
    _ profile: Profile, _ body: () async throws -> Value
  ) async throws -> Value {
    try directory.make()
    let descriptor = open(
      directory.path(of: profile, "lock"), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY, 0o600)
    guard descriptor >= 0 else {
      throw TokenProviderError(.lockFailed, "The lock file can't be opened: \(String(cString: strerror(errno))).")
    }
    // Closing the last descriptor of it releases the lock, also when the process dies.
    defer { close(descriptor) }
    let deadline = ContinuousClock.now + timeout
    var pause = Duration.milliseconds(2)
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR else {
        throw TokenProviderError(.lockFailed, "The lock file can't be locked: \(String(cString: strerror(errno))).")
      }
      guard ContinuousClock.now < deadline else {
        throw TokenProviderError(.busy, "Another program has been renewing this session for \(timeout).")
      }
      try await Task.sleep(for: pause)
      pause = min(pause * 2, .milliseconds(50))
    }
    return try await body()
  }
}
