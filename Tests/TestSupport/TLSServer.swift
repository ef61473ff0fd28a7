import FoundationEssentials
import Glibc

/// `openssl s_server` on 127.0.0.1 with a certificate made for the test; it answers every GET with a page.
package final class TLSServer: Sendable {
  private static let program = "/usr/bin/openssl"
  /// Whether the machine has the program.
  package static var isAvailable: Bool { access(program, X_OK) == 0 }

  private let process: pid_t
  private let directory: String
  package let port: UInt16
  /// The certificate, to trust it.
  package var caFile: String { directory + "/cert.pem" }

  /// - Parameter name: the subjectAltName, such as "IP:127.0.0.1".
  package init(name: String) throws {
    var template = Array("/tmp/cognito-tls-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw TLSServerError.failed("mkdtemp") }
    directory = template.withUnsafeBufferPointer { String(cString: $0.baseAddress ?? UnsafePointer(strdup(""))) }
    // A port that was free a moment ago.
    port = LoopbackServer { _ in }.port
    let files = ["-keyout", directory + "/key.pem", "-out", directory + "/cert.pem"]
    let maker = try Self.spawn(
      [
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=test", "-addext",
        "subjectAltName=\(name)",
      ] + files)
    var status: Int32 = 0
    guard waitpid(maker, &status, 0) == maker, status == 0 else { throw TLSServerError.failed("openssl req") }
    process = try Self.spawn(
      [
        "s_server", "-quiet", "-www", "-accept", "127.0.0.1:\(port)", "-cert", directory + "/cert.pem", "-key",
        directory + "/key.pem",
      ])
  }

  deinit {
    kill(process, SIGKILL)
    var status: Int32 = 0
    waitpid(process, &status, 0)
    try? FileManager.default.removeItem(atPath: directory)
  }

  private static func spawn(_ arguments: [String]) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor in [Int32(0), 1, 2] {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
    }
    var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
    defer { for word in words { free(word) } }
    words.append(nil)
    var process: pid_t = 0
    guard posix_spawn(&process, program, &actions, nil, words, environ) == 0 else {
      throw TLSServerError.failed("posix_spawn")
    }
    return process
  }
}

/// Why there is no server.
package enum TLSServerError: Error {
  case failed(String)
}
