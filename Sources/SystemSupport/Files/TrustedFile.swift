import Glibc

/// Reads a file that decides who may sign in, or where tokens go: only if nobody but its reader and root could have
/// written it.
package enum TrustedFile {
  package enum Failure: Error, Equatable, CustomStringConvertible {
    case unreadable(errno: Int32)
    case link
    case notRegular
    case foreignOwner(uid_t)
    case writableByOthers
    case readableByOthers
    case tooLarge(Int)

    /// What comes after the file's name in a sentence.
    package var problem: String {
      switch self {
      case .unreadable(let code): "can't be read: \(String(cString: strerror(code)))"
      case .link: "is a symbolic link"
      case .notRegular: "is not a regular file"
      case .foreignOwner(let uid): "belongs to uid \(uid), who is neither its reader nor root"
      case .writableByOthers: "can be written by others than its owner"
      case .readableByOthers: "holds a secret and can be read by others"
      case .tooLarge(let limit): "is larger than \(limit) bytes"
      }
    }

    /// What to do about it.
    package var advice: String {
      switch self {
      case .unreadable: "Check that it may be read, and the folders above it"
      case .link: "Put the file itself there"
      case .notRegular: "Put a plain file there"
      case .foreignOwner: "Give it to its reader or to root with chown, and check what is in it"
      case .writableByOthers: "Run `chmod go-w` on it, and check what is in it"
      case .readableByOthers: "Run `chmod go-rwx` on it (`o-rwx` is enough for the daemon), and think of a new secret"
      case .tooLarge: "Make it shorter"
      }
    }

    package var description: String { "\(problem). \(advice)." }
  }

  /// Who else may read it.
  package enum Readers: Sendable {
    case everybody
    /// The file's group too: root gives a secret to a daemon in this way.
    case ownerAndGroup
    case owner
  }

  /// - Parameter followsLinks: whether the name may be a symbolic link's, as in a home full of dot files
  /// - Returns: nil when there is no such file. Wipe it if it is secret.
  package static func read(
    _ path: String, maximumBytes: Int, readers: Readers = .everybody, followsLinks: Bool = true
  ) throws(Failure) -> [UInt8]? {
    // O_NONBLOCK: opening a FIFO that somebody put there must not hang.
    let flags = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | (followsLinks ? 0 : O_NOFOLLOW)
    let descriptor = open(path, flags)
    guard descriptor >= 0 else {
      switch errno {
      case ENOENT, ENOTDIR: return nil
      case ELOOP where !followsLinks: throw .link
      // A socket, or a device that nothing drives.
      case ENXIO, ENODEV: throw .notRegular
      default: throw .unreadable(errno: errno)
      }
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .unreadable(errno: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegular }
    guard status.st_uid == geteuid() || status.st_uid == 0 else { throw .foreignOwner(status.st_uid) }
    guard status.st_mode & 0o022 == 0 else { throw .writableByOthers }
    let foreign: mode_t =
      switch readers {
      case .everybody: 0
      case .ownerAndGroup: 0o007
      case .owner: 0o077
      }
    guard status.st_mode & foreign == 0 else { throw .readableByOthers }
    guard status.st_size <= maximumBytes else { throw .tooLarge(maximumBytes) }
    guard let bytes = Descriptor.readAll(descriptor, maximumBytes: maximumBytes, expected: status.st_size) else {
      throw errno == EFBIG ? .tooLarge(maximumBytes) : .unreadable(errno: errno)
    }
    return bytes
  }
}
