import Glibc

/// Keeps a second server out of a state directory: each holds keys and counters in memory that the other wouldn't see change.
/// The kernel lets go of it when the process ends, however it ends.
final class StateLock: Sendable {
  private let descriptor: Int32

  /// - Throws: when another server serves this directory, or the file can't be made.
  init(directory: String) throws {
    let path = directory + "/serving.lock"
    let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard opened >= 0 else {
      throw SQLiteError(code: .disk, message: "can't open \(path): \(String(cString: strerror(errno)))")
    }
    guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
      close(opened)
      throw SQLiteError(
        code: .busy, message: "another cognito-pool serves \(directory): end it first, or take another directory")
    }
    descriptor = opened
  }

  /// Lets another server in.
  func release() { flock(descriptor, LOCK_UN) }

  deinit { close(descriptor) }
}
