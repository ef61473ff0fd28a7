import Cognito
import FoundationEssentials
import Glibc
import TestSupport

/// moto's server (PyPI), if it is installed where `make setup` puts it.
final class MotoServer: Sendable {
  let endpoint: String
  private let child: pid_t

  private static let program = "\(Repository.root)/.venv/bin/moto_server"

  /// Whether the program is there.
  static var isInstalled: Bool { access(program, X_OK) == 0 }

  /// Starts it, and waits until it answers.
  init() async throws {
    let port = try LoopbackListener(port: 0).port
    endpoint = "http://127.0.0.1:\(port)"
    let words = [Self.program, "-H", "127.0.0.1", "-p", "\(port)"]
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for output: Int32 in [1, 2] { posix_spawn_file_actions_addopen(&actions, output, "/dev/null", O_WRONLY, 0) }
    let arguments = words.map { strdup($0) } + [nil]
    let variables = ProcessInfo.processInfo.environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in arguments + variables { free(pointer) } }
    var child: pid_t = 0
    guard posix_spawn(&child, Self.program, &actions, nil, arguments, variables) == 0 else {
      throw CognitoError(.invalidConfiguration, "moto_server can't be started")
    }
    self.child = child
    let transport = CurlTransport()
    for _ in 0..<600 {
      let request = HTTPRequest(method: "GET", url: "\(endpoint)/moto-api/")
      if (try? await transport.send(request, deadline: .now + .seconds(5))) != nil { return }
      try await Task.sleep(for: .milliseconds(100))
    }
    throw CognitoError(.timeout, "moto_server doesn't answer")
  }

  deinit {
    kill(child, SIGKILL)
    var status: Int32 = 0
    waitpid(child, &status, 0)
  }
}
