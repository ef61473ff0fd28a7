/// `HOST:PORT`, an IPv6 host in brackets.
enum HostAndPort {
  /// - Parameter option: whose value it is, for the complaint.
  static func parse(_ text: String, option: String) throws -> (host: String, port: Int) {
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
      throw Failure("\(option) takes HOST:PORT, e.g. 127.0.0.1:9229, not \(text)")
    }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
    guard !host.isEmpty else { throw Failure("\(option) needs an address before the port, e.g. 127.0.0.1:\(port)") }
    return (String(host), Int(port))
  }
}
