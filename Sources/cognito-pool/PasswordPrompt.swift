import Cognito
import Glibc

/// Takes passwords from the terminal without showing them, or from a pipe: never from arguments, which everybody can read.
enum PasswordPrompt {
  /// Asks twice on a terminal; reads one line otherwise.
  static func newPassword() throws -> String {
    guard isatty(STDIN_FILENO) == 1 else { return try line() }
    let first = try ask("Password: ")
    guard try ask("Password again: ") == first else { throw Failure("the two passwords are not the same") }
    return first
  }

  private static func ask(_ prompt: String) throws -> String {
    var shown = termios()
    guard tcgetattr(STDIN_FILENO, &shown) == 0 else { throw Failure("can't hide what is typed") }
    var hidden = shown
    hidden.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
    defer {
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown)
      say("\n")
    }
    say(prompt)
    return try line()
  }

  /// To standard error: standard output may be read by a program.
  private static func say(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
  }

  private static func line() throws -> String {
    guard let line = readLine(), !line.isEmpty else { throw Failure("no password given") }
    return line
  }
}
