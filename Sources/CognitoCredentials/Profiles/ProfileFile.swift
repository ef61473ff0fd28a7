import Glibc
import SystemSupport
import TokenCache

/// The user's own `profiles.conf`, to be changed: read with all checks, written whole, and only if it can be read back.
package struct ProfileFile {
  package let path: String

  package init(_ path: String) { self.path = path }

  /// Adds a profile or replaces the one of its name.
  package func save(_ profile: Profile) throws {
    try change { ProfileText.replacing(profile, in: $0) }
  }

  /// - Returns: whether there was one.
  package func remove(_ name: String) throws -> Bool {
    var isFound = false
    try change { text in
      guard let rest = ProfileText.removing(name, from: text) else { return nil }
      isFound = true
      return rest
    }
    return isFound
  }

  private func change(_ body: (String) -> String?) throws {
    // The file itself: a link to it, from a folder of dot files, stays one.
    let path =
      realpath(path, nil).map { resolved in
        defer { free(resolved) }
        return String(cString: resolved)
      } ?? path
    let old: [UInt8]
    do throws(TrustedFile.Failure) {
      old = try TrustedFile.read(path, maximumBytes: ProfileParser.maximumBytes) ?? []
    } catch {
      throw ConfigurationError(file: path, error)
    }
    _ = try ProfileParser.parse(old, file: path)
    guard let new = body(String(decoding: old, as: UTF8.self)) else { return }
    let bytes = Array(new.utf8)
    _ = try ProfileParser.parse(bytes, file: path)
    let directory = PrivateDirectory(path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ".")
    try directory.make()
    guard AtomicFile.replace(path, with: bytes, mode: 0o600) else {
      throw ConfigurationError(
        file: path, "can't be written: \(String(cString: strerror(errno)))", advice: "Check the folder and the disk")
    }
  }
}
