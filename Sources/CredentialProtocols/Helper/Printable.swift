/// Text from a request, made fit for a terminal: escape sequences and line ends in a URL must not forge a prompt
/// (CVE-2024-50349). Control characters and everything outside ASCII come out as `%XX`, long text is cut.
package func printable(_ text: String, limit: Int = 200) -> String {
  let digits = Array("0123456789ABCDEF".utf8)
  var bytes: [UInt8] = []
  for byte in text.utf8 {
    guard bytes.count < limit else { return String(decoding: bytes, as: UTF8.self) + "..." }
    if byte >= 0x20 && byte < 0x7f && byte != UInt8(ascii: "%") {
      bytes.append(byte)
    } else {
      bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}
