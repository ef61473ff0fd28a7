import FoundationEssentials
import Glibc

/// A new folder, removed when the last reference goes.
final class TemporaryDirectory: Sendable {
  let path: String

  init() throws {
    path = "/tmp/cognito-logind-test-\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
    guard mkdir(path, 0o700) == 0 else { throw CocoaError(.fileWriteUnknown) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  @discardableResult
  func write(_ name: String, _ text: String, mode: mode_t = 0o644) throws -> String {
    let file = "\(path)/\(name)"
    try text.write(toFile: file, atomically: false, encoding: .utf8)
    chmod(file, mode)
    return file
  }

  func folder(_ name: String, mode: mode_t = 0o700) -> String {
    let folder = "\(path)/\(name)"
    mkdir(folder, mode)
    chmod(folder, mode)
    return folder
  }
}

/// What lstat says of a file's type and permissions; nil when it isn't there.
func mode(_ path: String) -> mode_t? {
  var status = stat()
  return lstat(path, &status) == 0 ? status.st_mode : nil
}
