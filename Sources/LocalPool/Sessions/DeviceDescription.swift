/// A session's `DeviceType`: system and program, by which a person may know it again.
enum DeviceDescription {
  static let unknown = "unknown"
  private static let longest = 1024

  /// Edge and Opera call themselves Chrome as well, and Chrome itself Safari: the first that fits counts.
  private static let browsers = [
    ("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
  ]
  /// Android's browsers name Linux, and iPhones' Mac OS X.
  private static let systems = [
    ("android", "Android"), ("iphone", "iOS"), ("ipad", "iOS"), ("windows", "Windows"), ("mac os x", "macOS"),
    ("macos", "macOS"), ("darwin", "macOS"), ("linux", "Linux"),
  ]

  static func of(_ userAgent: String) -> String {
    // What goes into a list that terminals show must not steer them.
    let text = String(String.UnicodeScalarView(userAgent.unicodeScalars.filter { (0x20..<0x7F).contains($0.value) }))
    let lowered = text.lowercased()
    let system = systems.first { lowered.contains($0.0) }?.1
    let parts = [system, program(text)].compactMap { $0 }
    return parts.isEmpty ? unknown : String(parts.joined(separator: ", ").prefix(longest))
  }

  /// A browser's name, or the first product (RFC 9110 section 10.1.5) with the comment that follows it.
  private static func program(_ text: String) -> String? {
    guard let product = text.split(separator: " ").first else { return nil }
    if product.hasPrefix("Mozilla/") { return browsers.first { text.contains($0.0) }?.1 }
    let rest = text.drop { $0 == " " }.dropFirst(product.count).drop { $0 == " " }
    guard rest.first == "(", let end = rest.firstIndex(of: ")") else { return String(product) }
    return "\(product) \(rest[...end])"
  }
}
