import SystemSupport

/// Bytes that are wiped when the last reference goes, and that no description shows.
///
/// `@unchecked Sendable`: the memory is written in `init` and in `deinit` only, and never handed out for writing.
package final class SecretBytes: @unchecked Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  private let memory: UnsafeMutableRawBufferPointer

  package init(_ bytes: some Collection<UInt8>) {
    memory = .allocate(byteCount: bytes.count, alignment: 1)
    memory.copyBytes(from: bytes)
  }

  package convenience init(utf8 text: String) { self.init(text.utf8) }

  deinit {
    wipe(UnsafeRawBufferPointer(memory))
    memory.deallocate()
  }

  package var count: Int { memory.count }

  /// Lends the bytes. Copies made of them inside are the caller's to wipe.
  package func withBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    try body(UnsafeRawBufferPointer(memory))
  }

  package var description: String { "<secret>" }
  package var debugDescription: String { "<secret>" }
  package var customMirror: Mirror { Mirror(self, children: [:]) }

  /// Compares in a time that depends on the lengths alone.
  package static func == (left: SecretBytes, right: SecretBytes) -> Bool {
    guard left.count == right.count else { return false }
    var difference: UInt8 = 0
    for index in 0..<left.count { difference |= left.memory[index] ^ right.memory[index] }
    return difference == 0
  }
}
