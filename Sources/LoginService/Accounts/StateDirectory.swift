import Glibc
import SystemSupport

/// The daemon's own directory: 0700, and one daemon at a time.
package final class StateDirectory: Sendable {
  package let path: String
  private let lock: Int32

  /// Makes the directory if need be, and takes the lock in it for the life of this object.
  package init(_ path: String) throws(ConfigurationError) {
    func refuse(_ problem: String, _ advice: String) -> ConfigurationError {
      ConfigurationError(file: path, problem, advice: advice)
    }
    if mkdir(path, 0o700) != 0, errno != EEXIST {
      throw refuse("can't be made: \(String(cString: strerror(errno)))", "Make it for this program's user, mode 0700")
    }
    let directory = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard directory >= 0 else {
      throw refuse("isn't a directory to open: \(String(cString: strerror(errno)))", "Make it, mode 0700")
    }
    defer { close(directory) }
    var status = stat()
    guard fstat(directory, &status) == 0, status.st_uid == geteuid() else {
      throw refuse("belongs to uid \(status.st_uid)", "Give it to the user that this program runs as")
    }
    guard status.st_mode & 0o077 == 0 else {
      throw refuse("can be entered by others than its owner", "chmod 0700 it, and check who could read what is in it")
    }
    lock = openat(directory, "lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard lock >= 0 else {
      throw refuse("can't be written: \(String(cString: strerror(errno)))", "Check the file system")
    }
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      close(lock)
      throw refuse("is in use by another cognito-logind", "Stop that one first")
    }
    self.path = path
  }

  deinit { close(lock) }
}
