import Glibc
import SystemSupport

/// Names that installed packages want for themselves (sysusers.d(5)), whether or not they exist yet. systemd-sysusers
/// takes an account of that name for its own, and the service would run as the person.
package enum SystemNames {
  static let folders = ["/etc/sysusers.d", "/run/sysusers.d", "/usr/local/lib/sysusers.d", "/usr/lib/sysusers.d"]

  package static func inSysusers(folders: [String] = folders) -> Set<String> {
    var names: Set<String> = []
    for folder in folders {
      guard let listing = opendir(folder) else { continue }
      defer { closedir(listing) }
      while let entry = readdir(listing) {
        let file = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if file.hasSuffix(".conf") { names.formUnion(self.names(in: "\(folder)/\(file)")) }
      }
    }
    return names
  }

  private static func names(in path: String) -> [String] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    guard let bytes = Descriptor.readAll(descriptor, maximumBytes: 1 << 20) else { return [] }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").flatMap { line -> [String] in
      let words = line.split { $0 == " " || $0 == "\t" }
      // Types as u, u!, g and m; a member's group counts as well.
      guard words.count >= 2, let type = words[0].first, "ugm".contains(type) else { return [] }
      return (type == "m" ? words[1...].prefix(2) : words[1...1]).map { word in
        String(word.filter { $0 != "\"" })
      }
    }
  }
}
