import Glibc

/// `PATH`, without the working directory.
package enum SearchPath {
  /// An empty or relative entry means the working directory: `PATH=$PATH:` is enough. Libraries search there too (the
  /// bus's starts `dbus-launch`), so it isn't our own search that is changed but the variable.
  package static func dropRelativeEntries() {
    guard let value = getenv("PATH") else { return }
    let bytes = UnsafeBufferPointer(start: value, count: strlen(value)).map { UInt8(bitPattern: $0) }
    guard let absolute = absoluteEntries(of: bytes) else { return }
    _ = (absolute + [0]).withUnsafeBytes { safe in
      safe.bindMemory(to: CChar.self).baseAddress.map { setenv("PATH", $0, 1) }
    }
  }

  /// The absolute entries of a PATH; nil if it has no others.
  package static func absoluteEntries(of path: [UInt8]) -> [UInt8]? {
    let entries = path.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    let kept = entries.filter { $0.first == UInt8(ascii: "/") }
    if kept.count == entries.count { return nil }
    // Not "" when nothing is left: an empty PATH is the working directory once more.
    return kept.isEmpty ? Array("/usr/bin:/bin".utf8) : Array(kept.joined(separator: [UInt8(ascii: ":")]))
  }
}
