import CLinux
import Dispatch
import FoundationEssentials
import Glibc
import SystemSupport

/// Runs a profile's `credential_process`: a program of the user's that prints credentials as JSON.
package struct CredentialProcess: Sendable {
  private let surroundings: AWSSurroundings
  private let seconds: Double
  private static let longestOutput = 64 << 10

  /// - Parameter seconds: how long the program may run. It may have to ask its user something.
  package init(_ surroundings: AWSSurroundings, seconds: Double = 60) {
    self.surroundings = surroundings
    self.seconds = seconds
  }

  package func credentials(command: String) async throws -> AWSCredentials {
    guard let words = CommandWords.split(command) else {
      throw CognitoError(
        .invalidConfiguration, "The AWS profile's credential_process has an unclosed quote or no word.")
    }
    let limit = seconds
    let environment = surroundings.environment
    // The program's output is read on a thread that may block; Swift's own threads may not.
    let output: Result<[UInt8], CognitoError> = await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        continuation.resume(returning: Self.run(words, environment, seconds: limit))
      }
    }
    let document = try JSONValue.parse(output.get(), maximumBytes: Self.longestOutput)
    guard document["Version"]?.int == 1 else {
      throw CognitoError(.malformedResponse, "The credential_process \(words[0]) gave no document of version 1.")
    }
    return try AWSCredentials(document: document, tokenName: "SessionToken", source: words[0])
  }

  private static func run(
    _ words: [String], _ environment: [String: String], seconds: Double
  ) -> Result<[UInt8], CognitoError> {
    var ends: [Int32] = [-1, -1]
    guard cspawn_pipe(&ends, O_CLOEXEC) == 0 else {
      return .failure(failure(words[0], "there are no free descriptors"))
    }
    defer { close(ends[0]) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    cspawn_close_from(&actions, 3)
    let arguments = words.map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in arguments + variables { free(pointer) } }
    var child: pid_t = 0
    let error = posix_spawnp(&child, words[0], &actions, nil, arguments, variables)
    close(ends[1])
    guard error == 0 else { return .failure(failure(words[0], "it can't be started (error \(error))")) }
    let output = collect(ends[0], seconds: seconds)
    // Whatever the reason to stop listening was, the program must not go on for ever.
    if case .failure = output { kill(child, SIGKILL) }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    if case .failure(let reason) = output { return .failure(failure(words[0], reason.text)) }
    guard status == 0 else { return .failure(failure(words[0], "it failed")) }
    return output.mapError { failure(words[0], $0.text) }
  }

  private struct Reason: Error { let text: String }

  private static func collect(_ descriptor: Int32, seconds: Double) -> Result<[UInt8], Reason> {
    let clock = ContinuousClock()
    let end = clock.now.advanced(by: .seconds(seconds))
    var output: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    defer { wipe(&buffer) }
    while true {
      let left = clock.now.duration(to: end) / .milliseconds(1)
      guard left > 0 else { return .failure(Reason(text: "it took longer than \(Int(seconds)) seconds")) }
      var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&polled, 1, Int32(left.rounded(.up))) > 0 else { continue }
      let count = read(descriptor, &buffer, buffer.count)
      if count == 0 { return .success(output) }
      if count < 0 {
        if errno == EINTR { continue }
        return .failure(Reason(text: "its output can't be read"))
      }
      output += buffer[..<count]
      guard output.count <= longestOutput else { return .failure(Reason(text: "its output is too long")) }
    }
  }

  private static func failure(_ program: String, _ reason: String) -> CognitoError {
    CognitoError(.invalidConfiguration, "The credential_process \(program) gave no AWS credentials: \(reason).")
  }
}
