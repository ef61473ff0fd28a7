import Glibc

/// Lines from a socket, none longer than agreed.
struct LineReader {
  private let descriptor: Int32
  private let maximumLength: Int
  private var bytes: [UInt8] = []
  private var start = 0

  init(_ descriptor: Int32, maximumLength: Int) {
    self.descriptor = descriptor
    self.maximumLength = maximumLength
  }

  /// Without its newline; nil at the end, after an error, when the wait was too long, and for a line that is.
  mutating func next() -> ArraySlice<UInt8>? {
    var searched = start
    while true {
      if let end = bytes[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { start = end + 1 }
        return bytes[start..<end]
      }
      guard bytes.count - start < maximumLength else { return nil }
      bytes.removeFirst(start)
      start = 0
      searched = bytes.count
      var chunk = [UInt8](repeating: 0, count: 4096)
      let count = recv(descriptor, &chunk, chunk.count, 0)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return nil }
      bytes += chunk[..<count]
    }
  }
}
