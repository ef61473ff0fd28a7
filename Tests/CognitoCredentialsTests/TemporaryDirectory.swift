import FoundationEssentials
import Glibc

/// A directory of mode 0700 that goes with the last reference.
final class TemporaryDirectory: Sendable {
  let path: String

  init() {
    path = "/tmp/cognito-login-test-\(UInt64.random(in: 0 ... .max))"
    mkdir(path, 0o700)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
