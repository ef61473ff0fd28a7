import Glibc
import SystemSupport

/// A blocking client for requests (collector, root's commands): one connection, one request at a time.
/// Every call ends by its deadline; a deadline missed or a frame refused ends the connection.
package final class LoginClient {
  /// Where the daemon listens unless told otherwise.
  package static let defaultSocketPath = "/run/cognito-login/logind.sock"

  private var descriptor: Int32

  /// Connects, and makes sure that root or the owner of the socket's directory is at the other end.
  ///
  /// - Parameter timeout: the longest time to wait for a busy daemon.
  package init(socketPath: String = LoginClient.defaultSocketPath, timeout: Duration = .seconds(2)) throws {
    descriptor = try UnixSocket.connect(to: socketPath, until: .now + timeout)
    guard let peer = try? UnixSocket.peerUID(descriptor), Self.isTrusted(peer, socketPath: socketPath) else {
      Glibc.close(descriptor)
      descriptor = -1
      throw LoginClientError(.untrustedServer, "\(socketPath) is served by somebody who must not serve it")
    }
  }

  deinit { close() }

  /// Whether `uid` may serve `socketPath`: root, or the owner of its directory if nobody else can write there.
  package static func isTrusted(_ uid: uid_t, socketPath: String) -> Bool {
    uid == 0 || uid == UnixSocket.directoryOwner(of: socketPath)
  }

  package func close() {
    if descriptor >= 0 { Glibc.close(descriptor) }
    descriptor = -1
  }

  /// Sends a request and returns its answer. A refusal is thrown as `Refusal`.
  package func request(_ message: LoginMessage, timeout: Duration = .seconds(10)) throws -> LoginMessage {
    guard descriptor >= 0 else { throw LoginClientError(.closed, "the connection to cognito-logind is closed") }
    do {
      let deadline = ContinuousClock.now + timeout
      try send(message, until: deadline)
      let answer = try receive(until: deadline)
      if case .refused(let refusal) = answer { throw refusal }
      return answer
    } catch let refusal as Refusal {
      throw refusal
    } catch {
      close()
      throw error
    }
  }

  /// Holds a conversation, as a PAM module does: sends `message`, then answers what is asked until there is a verdict.
  ///
  /// - Parameters:
  ///   - timeout: for each message of the daemon's
  ///   - ask: a person's answer to a prompt
  ///   - tell: something to show
  package func converse(
    _ message: LoginMessage, timeout: Duration = .seconds(60), ask: (Prompt) throws -> SecretBytes,
    tell: (String) throws -> Void
  ) throws -> Outcome {
    guard descriptor >= 0 else { throw LoginClientError(.closed, "the connection to cognito-logind is closed") }
    defer { close() }
    try send(message, until: .now + timeout)
    var decoder = FrameDecoder(for: .module)
    while true {
      switch try next(&decoder, until: .now + timeout) {
      case .prompt(let prompt): try send(.answer(try ask(prompt)), until: .now + timeout)
      case .info(let text), .error(let text): try tell(text)
      case .result(let outcome): return outcome
      default: throw LoginClientError(.closed, "cognito-logind said something that doesn't belong there")
      }
    }
  }

  private func send(_ message: LoginMessage, until deadline: ContinuousClock.Instant) throws {
    var frame = try FrameEncoder.encode(message)
    defer { wipe(&frame) }
    try UnixSocket.send(frame, on: descriptor, until: deadline)
  }

  private func receive(until deadline: ContinuousClock.Instant) throws -> LoginMessage {
    var decoder = FrameDecoder(for: .client)
    let message = try next(&decoder, until: deadline)
    guard decoder.pending == 0 else { throw FrameError(.trailingBytes) }
    return message
  }

  private func next(_ decoder: inout FrameDecoder, until deadline: ContinuousClock.Instant) throws -> LoginMessage {
    if let message = try decoder.next() { return message }
    var chunk = [UInt8](repeating: 0, count: 4096)
    defer { wipe(&chunk) }
    while true {
      let count = try UnixSocket.receive(into: &chunk, from: descriptor, until: deadline)
      guard count > 0 else {
        throw LoginClientError(.closed, "cognito-logind closed the connection without an answer")
      }
      decoder.append(chunk[..<count])
      if let message = try decoder.next() { return message }
    }
  }
}

/// Why no answer came.
package struct LoginClientError: Error, Sendable, Equatable, CustomStringConvertible {
  package enum Code: Sendable, Equatable {
    /// No daemon listens there.
    case notRunning
    case timedOut
    case closed
    case untrustedServer
    /// The system refused something; the text says what.
    case system
  }

  package let code: Code
  package let description: String

  init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }
}
