import Glibc

extension FrameEncoder {
  /// Overwrites and empties `bytes`. Other copies of the array must not be alive, or only a copy is wiped.
  package static func wipe(_ bytes: inout [UInt8]) {
    bytes.withUnsafeMutableBytes { memory in
      if let base = memory.baseAddress { explicit_bzero(base, memory.count) }
    }
    bytes.removeAll()
  }
}
