import Glibc
import SystemSupport

/// What the records said last, and the configuration, in files of root's own: a machine that starts again has neither
/// records nor, perhaps, a daemon to ask for them.
///
/// The file of records is a list of the requests that made them, read from its first line to its last.
package final class RecordMemory {
  /// nil when there is no file that could be understood.
  private(set) var people: [RecordName: RecordRequest]?
  private(set) var settings: RecordSettings?
  private let folder: String
  private var lines = 0
  private var pending: [RecordRequest] = []

  private var path: String { folder + "/records" }
  private var settingsPath: String { folder + "/settings" }

  /// - Parameter folder: root's, for nobody else (see `Bindings`)
  package init(folder: String) {
    self.folder = folder
    if let bytes = try? TrustedFile.read(path, maximumBytes: 64 << 20, readers: .owner, followsLinks: false) {
      (people, lines) = replay(bytes)
    }
    settings = try? RecordSettings.read(settingsPath)
  }

  /// - Parameter request: `user` or `withdraw`, which has been carried out
  func note(_ request: RecordRequest) throws(RecordRefusal) {
    switch request {
    case .user(let name, _, _, _):
      guard people?[name] != request else { return }
      if people == nil { people = [:] }
      people?[name] = request
    case .withdraw(let name):
      guard people?.removeValue(forKey: name) != nil else { return }
    case .all, .end: return
    }
    pending.append(request)
  }

  /// Puts what was noted on the disk: a right that was taken away must not come back by a power cut.
  func sync() throws(RecordRefusal) {
    guard !pending.isEmpty, let people else { return }
    defer { pending = [] }
    // Now and then anew, so that the file doesn't grow for ever.
    guard lines > 0, lines + pending.count < 2 * people.count + 1000 else { return try rewrite(people) }
    let file = open(path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW)
    guard file >= 0 else { return try rewrite(people) }
    defer { close(file) }
    guard Descriptor.writeAll(file, Array(pending.map(\.line).joined().utf8)), fsync(file) == 0 else {
      throw failure(path)
    }
    lines += pending.count
  }

  /// Nobody's records are to come back.
  func forget() throws(RecordRefusal) {
    people = [:]
    pending = []
    try rewrite([:])
  }

  func keep(_ settings: RecordSettings) throws(RecordRefusal) {
    guard settings != self.settings else { return }
    guard AtomicFile.replace(settingsPath, with: Array(settings.text.utf8), mode: 0o600) else {
      throw failure(settingsPath)
    }
    self.settings = settings
  }

  /// `all` stands first: a file that begins with something else isn't one of these.
  private func rewrite(_ people: [RecordName: RecordRequest]) throws(RecordRefusal) {
    let requests = [.all] + people.sorted { $0.key < $1.key }.map(\.value)
    guard AtomicFile.replace(path, with: Array(requests.map(\.line).joined().utf8), mode: 0o600) else {
      throw failure(path)
    }
    lines = requests.count
  }

  private func replay(_ bytes: [UInt8]) -> (people: [RecordName: RecordRequest]?, lines: Int) {
    var people: [RecordName: RecordRequest] = [:]
    var lines = 0
    // What stands behind the last newline was cut short by the end of power.
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast() {
      guard let request = RecordRequest(line) else { return (nil, 0) }
      switch request {
      case .user(let name, _, _, _) where lines > 0: people[name] = request
      case .withdraw(let name) where lines > 0: people[name] = nil
      case .all where lines == 0: break
      default: return (nil, 0)
      }
      lines += 1
    }
    return (lines > 0 ? people : nil, lines)
  }

  private func failure(_ path: String) -> RecordRefusal {
    RecordRefusal(.broken, "\(path): \(String(cString: strerror(errno)))")
  }
}
