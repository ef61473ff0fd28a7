import Glibc
import SystemSupport

/// The services of nsswitch.conf(5), each asked by itself: the C library's own look-up can't tell "nobody has this name"
/// from "the directory is down, and the next one doesn't know". Nor does a cache (nscd) stand in between.
package struct NameServices: Directories {
  private let configuration: String

  package init(configuration: String = "/etc/nsswitch.conf") { self.configuration = configuration }

  package func user(named name: String) throws(RecordRefusal) -> UInt32? {
    try first("passwd") { (service) throws(RecordRefusal) in try service.user(named: name) }
  }

  package func group(named name: String) throws(RecordRefusal) -> UInt32? {
    try first("group") { (service) throws(RecordRefusal) in try service.group(named: name) }
  }

  package func has(id: UInt32) throws(RecordRefusal) -> Bool {
    let user = try first("passwd") { (service) throws(RecordRefusal) in try service.user(id: id) }
    if user != nil { return true }
    return try first("group") { (service) throws(RecordRefusal) in try service.group(id: id) } != nil
  }

  private func first(
    _ database: String, _ ask: (NameService) throws(RecordRefusal) -> UInt32?
  ) throws(RecordRefusal) -> UInt32? {
    // A directory that hangs ends this process, which starts anew with the next request: it must not hold all others.
    alarm(Self.longestWait)
    defer { alarm(0) }
    for name in services(of: database) {
      guard let service = NameService(name) else { continue }
      if let found = try ask(service) { return found }
    }
    return nil
  }

  private static let longestWait: UInt32 = 30

  /// Names of a line as `passwd: files systemd [NOTFOUND=return] sss`. The two that read /etc are left out: `AccountFiles`
  /// reads it for us.
  private func services(of database: String) -> [String] {
    let descriptor = open(configuration, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    let bytes = Descriptor.readAll(descriptor, maximumBytes: 1 << 16) ?? []
    var found: [String] = []
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let text = line.prefix { $0 != "#" }.drop { $0 == " " || $0 == "\t" }
      guard text.hasPrefix(database + ":") else { continue }
      var isAction = false
      for word in text.dropFirst(database.count + 1).split(whereSeparator: { $0 == " " || $0 == "\t" }) {
        if word.hasPrefix("[") { isAction = true }
        if !isAction, word != "files", word != "compat", word.utf8.allSatisfy({ isAlphanumeric($0) || $0 == 0x5f }) {
          found.append(String(word))
        }
        if word.hasSuffix("]") { isAction = false }
      }
    }
    return found
  }
}
