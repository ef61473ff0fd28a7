import FoundationEssentials
import Glibc

/// A directory of mode 0700 for one test, removed with the last reference.
package final class TemporaryDirectory: Sendable {
  package let path: String

  package init() {
    var template = Array("/tmp/cognito-login-test-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { preconditionFailure("/tmp can't be written to: errno \(errno)") }
    path = String(cString: made)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// What is in it, but for `.` and `..`.
  package var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  /// A file of it with this content and these permissions.
  package func file(_ name: String, _ content: String = "content", mode: mode_t = 0o600) -> String {
    let file = "\(path)/\(name)"
    let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    let bytes = Array(content.utf8)
    precondition(write(descriptor, bytes, bytes.count) == bytes.count, "a test's file was not written")
    fchmod(descriptor, mode)
    close(descriptor)
    return file
  }
}
