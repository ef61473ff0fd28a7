import FoundationEssentials
import Glibc

/// A directory for a pool that lives as long as its process.
struct TemporaryState: Sendable {
  let path: String

  init() throws {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array((base + "/cognito-pool-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else {
      throw SQLiteError(code: .disk, message: "can't make a temporary directory in \(base)")
    }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Best effort: what is left is in a directory for temporary files.
  func remove() {
    try? FileManager.default.removeItem(atPath: path)
  }
}
