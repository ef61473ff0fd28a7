import Cognito
import CognitoCredentials
import Glibc
import LoginProtocol
import SystemSupport
import TokenCache

/// Why a command failed: what it exits with, a code for programs and a sentence with a next step for people.
struct CommandFailure: Error {
  /// Documented in `cognito --help` and the manual page.
  enum Exit: Int32 {
    case failed = 1
    /// Nobody is signed in, or the session has ended: `cognito login`.
    case signInNeeded = 2
    /// Wrong password or code, or another refusal of the pool's.
    case refused = 3
    case keyring = 4
    case poolUnreachable = 5
    case configuration = 6
    case daemon = 7
    case interrupted = 130
  }

  let exit: Exit
  let code: String
  let message: String

  init(_ exit: Exit, _ message: String, code: String? = nil) {
    self.exit = exit
    self.code = code ?? "\(exit)"
    self.message = message
  }

  /// What a command may fail with. Anything else (help, usage) is the argument parser's to show.
  static func isOurs(_ error: any Error) -> Bool {
    error is CommandFailure || error is SessionStoreError || error is ConfigurationError || error is TokenProviderError
      || error is CognitoError || error is LoginClientError || error is Refusal || error is CancellationError
      || error is FrameError
  }

  init(_ error: any Error) {
    switch error {
    case let failure as CommandFailure: self = failure
    case let error as SessionStoreError: self.init(.keyring, "\(error)", code: error.code.rawValue)
    case let error as ConfigurationError: self.init(.configuration, "\(error)", code: "profile")
    case let error as TokenProviderError:
      let needsSignIn = [.notSignedIn, .sessionLost, .sessionEnded].contains(error.code)
      self.init(needsSignIn ? .signInNeeded : .keyring, "\(error)", code: error.code.rawValue)
    case let error as CognitoError: self.init(Self.exit(for: error), "\(error)", code: error.code.rawValue)
    case let error as LoginClientError: self.init(.daemon, "\(error)", code: "daemon")
    case let refusal as Refusal: self.init(.daemon, "\(refusal)", code: "\(refusal.code)")
    default: self.init(.failed, "\(error)")
    }
  }

  private static func exit(for error: CognitoError) -> Exit {
    switch error.code {
    case .unreachable, .network, .timeout, .tls, .malformedResponse, .responseTooLarge, .redirectRefused,
      .internalError, .internalServer, .serviceUnavailable:
      .poolUnreachable
    case .invalidConfiguration, .insecureEndpoint, .resourceNotFound: .configuration
    case .refreshTokenRejected, .refreshTokenReuse, .signInRequired: .signInNeeded
    case .cancelled: .interrupted
    default: error.isServiceFailure ? .poolUnreachable : .refused
    }
  }

  /// Tells what went wrong beside something that succeeded.
  func warn(_ consequence: String) {
    Descriptor.writeAll(STDERR_FILENO, Array("cognito: \(consequence) \(message)\n".utf8))
  }

  /// - Returns: the exit code
  func report(asJSON: Bool) -> Int32 {
    if asJSON {
      let value: JSONValue = ["error": ["code": .string(code), "message": .string(message)]]
      Descriptor.writeAll(STDOUT_FILENO, value.serialized() + [UInt8(ascii: "\n")])
    }
    Descriptor.writeAll(STDERR_FILENO, Array("cognito: \(message)\n".utf8))
    return exit.rawValue
  }
}
