import Cognito
import Glibc
import SystemSupport
import TokenCache

/// The person at the terminal. Prompts go to /dev/tty: standard output may be a pipe, and standard input a file.
struct Terminal: ~Copyable {
  private let descriptor: Int32
  private static let maximumBytes = 2048

  /// - Throws: when there is no terminal to ask at.
  init() throws(CommandFailure) {
    descriptor = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else {
      throw CommandFailure(.failed, "This needs a terminal to ask at, and there is none.", code: "noTerminal")
    }
  }

  deinit { close(descriptor) }

  func show(_ text: String) { Descriptor.writeAll(descriptor, Array((text + "\n").utf8)) }

  /// One line, as typed, without its end.
  func ask(_ prompt: String) throws(CommandFailure) -> String {
    var bytes = try read(prompt, isSecret: false)
    defer { wipe(&bytes) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw CommandFailure(.failed, "That is not UTF-8 text.")
    }
    return text
  }

  /// One line that isn't shown.
  func askSecret(_ prompt: String) throws(CommandFailure) -> Secret {
    var bytes = try read(prompt, isSecret: true)
    defer { wipe(&bytes) }
    return Secret(bytes: bytes)
  }

  /// Reads key by key with the terminal's own line editing and signals off: so ^C can't leave it without echo.
  private func read(_ prompt: String, isSecret: Bool) throws(CommandFailure) -> [UInt8] {
    var saved = termios()
    guard tcgetattr(descriptor, &saved) == 0 else { throw CommandFailure(.failed, "The terminal can't be used.") }
    if isSecret {
      var quiet = saved
      quiet.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
      tcsetattr(descriptor, TCSADRAIN, &quiet)
    }
    // The prompt comes after the echo is off: what is typed at once must not show.
    Descriptor.writeAll(descriptor, Array(printable(prompt).utf8))
    defer {
      if isSecret {
        tcsetattr(descriptor, TCSADRAIN, &saved)
        Descriptor.writeAll(descriptor, [UInt8(ascii: "\n")])
      }
    }
    var line: [UInt8] = []
    line.reserveCapacity(Self.maximumBytes)
    while true {
      var byte: UInt8 = 0
      let count = Glibc.read(descriptor, &byte, 1)
      if count < 0 && errno == EINTR { continue }
      guard count == 1 else {
        wipe(&line)
        throw CommandFailure(.interrupted, "There was no answer.", code: "noAnswer")
      }
      switch byte {
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"): return line
      case 0x03 where isSecret, 0x04 where isSecret, 0x1c where isSecret:
        wipe(&line)
        throw CommandFailure(.interrupted, "Interrupted.")
      case 0x08 where isSecret, 0x7f where isSecret: Self.removeLastCharacter(&line)
      case 0x15 where isSecret: wipe(&line)
      default:
        guard line.count < Self.maximumBytes else {
          wipe(&line)
          throw CommandFailure(.failed, "That is longer than \(Self.maximumBytes) bytes.")
        }
        line.append(byte)
      }
    }
  }

  private static func removeLastCharacter(_ line: inout [UInt8]) {
    while let last = line.popLast(), last & 0xc0 == 0x80 {}
  }
}
