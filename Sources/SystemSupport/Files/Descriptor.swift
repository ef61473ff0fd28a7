import Glibc

/// Whole reads and writes on a file descriptor, for programs that must not load Foundation.
package enum Descriptor {
  package static let standardInput: Int32 = 0
  package static let standardOutput: Int32 = 1
  package static let standardError: Int32 = 2

  /// Reads to the end, or until `isComplete` says that the request is whole. What is read may be secret: no copy of it
  /// stays behind but the result.
  /// - Parameter expected: how many bytes there probably are
  /// - Returns: nil on error, with `errno` set (`EFBIG`: more than `maximumBytes`).
  package static func readAll(
    _ descriptor: Int32, maximumBytes: Int, expected: Int = 0, until isComplete: ([UInt8]) -> Bool = { _ in false }
  ) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(max(expected, 0), maximumBytes) + 1)
    var chunk = [UInt8](repeating: 0, count: 8192)
    defer { wipe(&chunk) }
    while !isComplete(bytes) {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0, bytes.count + count <= maximumBytes else {
        let code = count < 0 ? errno : EFBIG
        wipe(&bytes)
        errno = code
        return nil
      }
      if count == 0 { break }
      bytes.appendWiping(chunk[..<count])
    }
    return bytes
  }

  /// - Returns: false on error, with `errno` set.
  @discardableResult
  package static func writeAll(_ descriptor: Int32, _ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { memory in
      var written = 0
      while written < memory.count {
        let rest = UnsafeRawBufferPointer(rebasing: memory[written...])
        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
        if count < 0 {
          if errno == EINTR { continue }
          return false
        }
        written += count
      }
      return true
    }
  }
}
