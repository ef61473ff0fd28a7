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

  package func credentials(command: String) async throws(CognitoError) -> AWSCredentials {
    guard let words = CommandWords.split(command) else {
      throw CognitoError(
        .invalidConfiguration, "The AWS profile's credential_process has an unclosed quote or no word.")
    }
    var program = ChildProcess(
      words, environment: surroundings.environment.map { "\($0.key)=\($0.value)" }, mostOutput: Self.longestOutput)
    program.isSearchedFor = true
    program.keepsTerminal = Self.hasTerminal
    let (prepared, limit) = (program, seconds)
    // It is waited for on a thread that may block; Swift's own threads may not.
    let output: Result<[UInt8], CognitoError> = await withCheckedContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(returning: Self.run(prepared, seconds: limit)) }
    }
    let document = try JSONValue.parse(output.get(), maximumBytes: Self.longestOutput)
    guard document["Version"]?.int == 1 else {
      throw CognitoError(.malformedResponse, "The credential_process \(words[0]) gave no document of version 1.")
    }
    return try AWSCredentials(document: document, tokenName: "SessionToken", source: words[0])
  }

  /// Whether there is a person who may be asked: then the program must be allowed to use the terminal.
  private static var hasTerminal: Bool {
    let terminal = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard terminal >= 0 else { return false }
    close(terminal)
    return true
  }

  private static func run(_ program: ChildProcess, seconds: Double) -> Result<[UInt8], CognitoError> {
    let name = program.words[0]
    do throws(ChildProcess.Failure) {
      let outcome = try program.run(within: .seconds(seconds))
      return outcome.end == .exited(0) ? .success(outcome.output) : .failure(failure(name, "it failed"))
    } catch {
      return .failure(failure(name, reason(error, seconds)))
    }
  }

  private static func reason(_ failure: ChildProcess.Failure, _ seconds: Double) -> String {
    switch failure {
    case .notStarted(let error): "it can't be started (error \(error))"
    case .timedOut: "it took longer than \(Int(seconds)) seconds"
    case .tooMuchOutput: "its output is too long"
    case .unreadable: "its output can't be read"
    case .endUnknown: "another part of this process took its exit status"
    }
  }

  private static func failure(_ program: String, _ reason: String) -> CognitoError {
    CognitoError(.invalidConfiguration, "The credential_process \(program) gave no AWS credentials: \(reason).")
  }
}
