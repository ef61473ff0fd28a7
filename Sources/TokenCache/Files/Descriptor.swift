import Glibc

/// Whole reads and writes on a file descriptor, for programs that must not load Foundation.
package enum Descriptor {
  /// Reads to the end, or until `isComplete` says that the request is whole.
  /// - Returns: nil on error, with `errno` set (`EFBIG`: more than `maximumBytes`).
  package static func readAll(
    _ descriptor: Int32, maximumBytes: Int, until isComplete: ([UInt8]) -> Bool = { _ in false }
  ) -> [UInt8]? {
    var bytes: [UInt8] = []
    while !isComplete(bytes) {
      var count = 0
      let chunk = [UInt8](unsafeUninitializedCapacity: 8192) { buffer, initialized in
        repeat { count = Glibc.read(descriptor, buffer.baseAddress, buffer.count) } while count < 0 && errno == EINTR
        initialized = max(count, 0)
      }
      if count < 0 { return nil }
      if count == 0 { break }
      bytes += chunk
      if bytes.count > maximumBytes {
        errno = EFBIG
        return nil
      }
    }
    return bytes
  }

  /// - Returns: false on error, with `errno` set.
  @discardableResult
  package static func writeAll(_ descriptor: Int32, _ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        return false
      }
      rest = rest.dropFirst(count)
    }
    return true
  }
}
