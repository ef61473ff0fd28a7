import Glibc

/// Overwrites a buffer that held a secret, in a way that the optimiser keeps.
func explicitWipe(_ buffer: UnsafeMutableRawBufferPointer) {
  if let base = buffer.baseAddress { explicit_bzero(base, buffer.count) }
}
