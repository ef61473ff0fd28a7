import Cognito
import Glibc
import SystemSupport
import TokenCache

/// Sessions in files that their owner alone can read. Only for a profile that asks for it by name (`store = file`): a
/// file is what a backup, another program of the user, or a stolen disk can copy.
package struct FileStore: SessionStore {
  private let state: PrivateDirectory

  /// - Parameter state: the user's state directory (`$XDG_STATE_HOME/cognito-login`)
  package init(state: String) { self.state = PrivateDirectory(state + "/sessions") }

  package func load(_ profile: Profile) throws(SessionStoreError) -> StoredSession? {
    let file = state.path(of: profile, "json")
    let content: [UInt8]?
    do throws(TrustedFile.Failure) {
      content = try TrustedFile.read(file, maximumBytes: StoredSession.maximumBytes, readers: .owner)
    } catch {
      let code: SessionStoreError.Code =
        switch error {
        case .tooLarge: .corrupt
        case .unreadable(let code) where code != EACCES && code != EPERM: .failed
        default: .unsafeFile
        }
      throw SessionStoreError(code, "The session file \(file) \(error.problem).")
    }
    guard var bytes = content else { return nil }
    defer { wipe(&bytes) }
    return try StoredSession(decoding: bytes)
  }

  package func save(_ session: StoredSession, for profile: Profile) throws(SessionStoreError) {
    var bytes = try session.encoded()
    defer { wipe(&bytes) }
    try state.make()
    guard AtomicFile.replace(state.path(of: profile, "json"), with: bytes, mode: 0o600) else {
      throw SessionStoreError(.failed, "The session file can't be written: \(String(cString: strerror(errno))).")
    }
  }

  package func remove(_ profile: Profile) throws(SessionStoreError) -> Bool {
    if unlink(state.path(of: profile, "json")) == 0 { return true }
    if errno == ENOENT || errno == ENOTDIR { return false }
    throw SessionStoreError(.failed, "The session file can't be removed: \(String(cString: strerror(errno))).")
  }
}
