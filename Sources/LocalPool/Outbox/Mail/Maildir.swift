import Cognito
import FoundationEssentials
import Glibc

/// Puts messages into a maildir, where any mail program can read them: written whole under tmp/, then moved to new/.
package struct Maildir: OutboxSink {
  private let path: String
  private let random: Randomness

  /// Makes the directory and its three folders, for its owner alone, when they aren't there.
  package init(path: String, random: Randomness = .system) throws {
    self.path = path
    self.random = random
    for folder in [path, path + "/tmp", path + "/new", path + "/cur"] where mkdir(folder, 0o700) != 0 {
      guard errno == EEXIST else { throw MaildirError(what: "make \(folder)", code: errno) }
    }
  }

  package func deliver(_ message: OutboxMessage) throws {
    let name = "\(Int64(message.createdAt.timeIntervalSince1970)).\(Hex.encode(random.bytes(12))).cognito-pool"
    let temporary = "\(path)/tmp/\(name)"
    let bytes = Array(MailText.of(message, id: name).utf8)
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw MaildirError(what: "write \(temporary)", code: errno) }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        write(descriptor, $0.baseAddress?.advanced(by: written), bytes.count - written)
      }
      guard count > 0 || errno == EINTR else { break }
      written += max(0, count)
    }
    let isWhole = written == bytes.count && fsync(descriptor) == 0
    close(descriptor)
    guard isWhole, rename(temporary, "\(path)/new/\(name)") == 0 else {
      let code = errno
      unlink(temporary)
      throw MaildirError(what: "write \(temporary)", code: code)
    }
  }
}

package struct MaildirError: Error, CustomStringConvertible {
  let what: String
  let code: Int32

  package var description: String { "can't \(what): \(String(cString: strerror(code)))" }
}
