import Glibc

/// Reads a file that decides who may sign in: only if nobody but root and the reader could have written it.
enum TrustedFile {
  /// Besides root, the reader's own uid may own the file.
  ///
  /// - Parameters:
  ///   - secret: whether the file also must not be readable by everybody.
  ///   - maximumBytes: longest content that is accepted.
  static func read(_ path: String, secret: Bool = false, maximumBytes: Int = 1 << 20) throws(ConfigurationError)
    -> [UInt8]
  {
    func refuse(_ problem: String, _ advice: String) -> ConfigurationError {
      ConfigurationError(file: path, problem, advice: advice)
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else {
      let reason = String(cString: strerror(errno))
      throw refuse(
        "can't be opened: \(reason)", "Check that it is there, no symbolic link, and readable by this program")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & mode_t(S_IFMT) == mode_t(S_IFREG) else {
      throw refuse("not a regular file", "Put a plain file there")
    }
    guard status.st_uid == 0 || status.st_uid == geteuid() else {
      throw refuse("belongs to uid \(status.st_uid)", "Give it to root (chown root)")
    }
    guard status.st_mode & mode_t(S_IWGRP | S_IWOTH) == 0 else {
      throw refuse("can be written by others than its owner", "chmod go-w it, and check what is in it")
    }
    guard !secret || status.st_mode & mode_t(S_IROTH) == 0 else {
      throw refuse("holds a secret and can be read by everybody", "chmod o-r it")
    }
    guard status.st_size <= maximumBytes else { throw refuse("larger than \(maximumBytes) bytes", "Make it shorter") }
    var content: [UInt8] = []
    content.reserveCapacity(Int(status.st_size) + 1)
    var chunk = [UInt8](repeating: 0, count: 4096)
    while content.count <= maximumBytes {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw refuse("can't be read: \(String(cString: strerror(errno)))", "Check the file system")
      }
      if count == 0 { return content }
      content.append(contentsOf: chunk[..<count])
    }
    throw refuse("larger than \(maximumBytes) bytes", "Make it shorter")
  }
}
