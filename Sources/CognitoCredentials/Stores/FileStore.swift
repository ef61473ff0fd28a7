import Cognito
import Glibc
import TokenCache

/// Sessions in files that their owner alone can read. Only for a profile that asks for it by name (`store = file`): a
/// file is what a backup, another program of the user, or a stolen disk can copy.
package struct FileStore: SessionStore {
  package var name: String { "the file store" }
  private let state: PrivateDirectory

  /// - Parameter state: the user's state directory (`$XDG_STATE_HOME/cognito-login`)
  package init(state: String) { self.state = PrivateDirectory(state + "/sessions") }

  package func load(_ profile: Profile) throws(SessionStoreError) -> StoredSession? {
    do throws(TrustedFile.Failure) {
      guard
        var bytes = try TrustedFile.read(
          state.path(of: profile, "json"), maximumBytes: StoredSession.maximumBytes, isSecret: true)
      else { return nil }
      defer { bytes.withUnsafeMutableBytes { explicitWipe($0) } }
      do { return try StoredSession(decoding: bytes) } catch { throw .unreadable(errno: EBADMSG) }
    } catch {
      if error == .unreadable(errno: EBADMSG) {
        throw SessionStoreError(.corrupt, "The stored session is damaged, or of a later version.")
      }
      throw SessionStoreError(.unsafeFile, "The session file \(state.path(of: profile, "json")) \(error).")
    }
  }

  package func save(_ session: StoredSession, for profile: Profile) throws(SessionStoreError) {
    var bytes = try session.encoded()
    defer { bytes.withUnsafeMutableBytes { explicitWipe($0) } }
    try state.make()
    guard state.replace(state.path(of: profile, "json"), with: bytes) else {
      throw SessionStoreError(.failed, "The session file can't be written: \(String(cString: strerror(errno))).")
    }
  }

  package func remove(_ profile: Profile) throws(SessionStoreError) -> Bool {
    if unlink(state.path(of: profile, "json")) == 0 { return true }
    if errno == ENOENT || errno == ENOTDIR { return false }
    throw SessionStoreError(.failed, "The session file can't be removed: \(String(cString: strerror(errno))).")
  }
}
