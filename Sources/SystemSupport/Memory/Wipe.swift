import Glibc

/// Overwrites memory that held a secret, in a way that the optimiser keeps. The memory must be the caller's to write,
/// whatever the pointer says.
package func wipe(_ memory: UnsafeRawBufferPointer) {
  if let base = memory.baseAddress { explicit_bzero(UnsafeMutableRawPointer(mutating: base), memory.count) }
}

/// Overwrites and empties a byte string that held a secret. Another copy of the array must not be alive, or only a new
/// copy is wiped.
package func wipe(_ bytes: inout [UInt8]) {
  bytes.withUnsafeMutableBytes { wipe(UnsafeRawBufferPointer($0)) }
  bytes = []
}

extension [UInt8] {
  /// Appends, and wipes the memory that it grows out of.
  package mutating func appendWiping(_ more: some Collection<UInt8>) {
    if capacity < count + more.count {
      var larger: [UInt8] = []
      larger.reserveCapacity(2 * (count + more.count))
      larger.append(contentsOf: self)
      swap(&larger, &self)
      wipe(&larger)
    }
    append(contentsOf: more)
  }
}
