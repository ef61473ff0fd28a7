import Glibc
import SystemSupport

/// journald's own socket (systemd.io/JOURNAL_NATIVE_PROTOCOL): an event with fields that can be asked for by name, as
/// `journalctl COGNITO_USER=ada COGNITO_OUTCOME=denied`.
package final class Journal: Sendable {
  private let descriptor: Int32
  private let address: UnixAddress
  private let identifier: String

  /// - Parameter path: journald's socket
  package init?(path: String = "/run/systemd/journal/socket", identifier: String = "cognito-logind") {
    guard let address = UnixAddress(path: path) else { return nil }
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return nil }
    self.descriptor = descriptor
    self.address = address
    self.identifier = identifier
  }

  deinit { close(descriptor) }

  /// The journal, where systemd has made standard error a stream to it (JOURNAL_STREAM in systemd.exec(5)).
  package static var ofStandardError: Journal? {
    var status = stat()
    guard let stream = getenv("JOURNAL_STREAM"), fstat(STDERR_FILENO, &status) == 0,
      String(cString: stream) == "\(status.st_dev):\(status.st_ino)"
    else { return nil }
    return Journal()
  }

  /// - Parameter fields: names of capital letters, digits and _, and values without line ends.
  /// - Returns: false when the journal doesn't take it now: the event is to be written in another way.
  func send(_ message: String, priority: Int, _ fields: [(name: String, value: String)]) -> Bool {
    var text = "MESSAGE=\(message)\nPRIORITY=\(priority)\nSYSLOG_IDENTIFIER=\(identifier)\n"
    for field in fields { text += "\(field.name)=\(field.value)\n" }
    let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
    return address.withAddress { sendto(descriptor, text, text.utf8.count, flags, $0, $1) } == text.utf8.count
  }
}
