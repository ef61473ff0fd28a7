import Glibc

/// Overwrites and empties a buffer that held a secret.
func wipe(_ bytes: inout [UInt8]) {
  bytes.withUnsafeMutableBytes { buffer in
    if let base = buffer.baseAddress { explicit_bzero(base, buffer.count) }
  }
  bytes.removeAll(keepingCapacity: true)
}

/// Text of the pool's or a file's, made fit for a terminal: no escape sequences.
func printable(_ text: String) -> String {
  String(String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : $0 }))
}
