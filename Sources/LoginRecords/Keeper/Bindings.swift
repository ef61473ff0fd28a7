import Glibc
import SystemSupport

/// Which id is whose, in a file of root's own that only grows: an id that was ever given stands in it for good. Whoever
/// has the daemon, and with it the daemon's database, can't give an id to somebody else.
package final class Bindings {
  package enum Kind: String {
    case user, group
  }

  package struct Binding: Equatable {
    package let id: UInt32
    package let kind: Kind
  }

  package private(set) var living: [RecordName: Binding] = [:]
  private var spent: Set<UInt32> = []
  private let file: Int32
  private let path: String
  private var length = 0
  private var isSynced = true

  /// - Parameter folder: root's, for nobody else
  package init(folder: String) throws(ConfigurationError) {
    let path = folder + "/ids"
    func refuse(_ problem: String, _ advice: String) -> ConfigurationError {
      ConfigurationError(file: path, problem, advice: advice)
    }
    if mkdir(folder, 0o700) != 0, errno != EEXIST {
      throw refuse("its folder can't be made: \(String(cString: strerror(errno)))", "Make it, root's, mode 0700")
    }
    var status = stat()
    guard lstat(folder, &status) == 0, status.st_mode & mode_t(S_IFMT) == mode_t(S_IFDIR),
      status.st_uid == geteuid(), status.st_mode & 0o022 == 0
    else { throw refuse("its folder isn't this user's alone", "Give it to root with mode 0700") }
    file = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
    self.path = path
    guard file >= 0 else { throw refuse("can't be opened: \(String(cString: strerror(errno)))", "Check its mode") }
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      throw refuse("is in use by another cognito-userdb", "Stop that one first")
    }
    guard let bytes = Descriptor.readAll(file, maximumBytes: 64 << 20) else {
      throw refuse("can't be read: \(String(cString: strerror(errno)))", "Check the file system")
    }
    var number = 0
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      // What stands behind the last newline was never answered: a write that the end of power cut short.
      guard length + line.count < bytes.count else { break }
      number += 1
      guard take(String(decoding: line, as: UTF8.self)) else {
        throw ConfigurationError(
          file: path, line: number, "isn't what this program writes",
          advice: "Restore the file from a backup: it says which id was whose")
      }
      length += line.count + 1
    }
    guard ftruncate(file, off_t(length)) == 0 else {
      throw refuse("can't be written: \(String(cString: strerror(errno)))", "Check the file system")
    }
  }

  deinit { if file >= 0 { close(file) } }

  package func isSpent(_ id: UInt32) -> Bool { spent.contains(id) }

  /// The highest id of the range that was ever given.
  package func highest(in range: ClosedRange<UInt32>) -> UInt32? { spent.filter(range.contains).max() }

  package func bind(_ name: RecordName, _ id: UInt32, _ kind: Kind) throws(RecordRefusal) {
    guard living[name] == nil, !spent.contains(id) else {
      throw RecordRefusal(.id, "\(id) was given before, or \(name) has an id")
    }
    try append("bind \(id) \(kind.rawValue) \(name)")
    living[name] = Binding(id: id, kind: kind)
    spent.insert(id)
  }

  /// The name is free again, the id isn't.
  package func release(_ name: RecordName) throws(RecordRefusal) {
    guard let binding = living[name] else { return }
    try append("release \(binding.id)")
    living[name] = nil
  }

  /// To be called before an id is told to anybody.
  package func sync() throws(RecordRefusal) {
    guard !isSynced else { return }
    guard fsync(file) == 0 else { throw failure() }
    isSynced = true
  }

  private func append(_ line: String) throws(RecordRefusal) {
    let bytes = Array((line + "\n").utf8)
    guard Descriptor.writeAll(file, bytes) else {
      let failure = failure()
      // Half a line must not stand before the next one.
      ftruncate(file, off_t(length))
      throw failure
    }
    length += bytes.count
    isSynced = false
  }

  private func take(_ line: String) -> Bool {
    let words = line.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count >= 2, let id = UInt32(words[1]) else { return false }
    if words[0] == "release", words.count == 2 {
      guard let name = living.first(where: { $0.value.id == id })?.key else { return false }
      living[name] = nil
      return true
    }
    guard words[0] == "bind", words.count == 4, let kind = Kind(rawValue: String(words[2])),
      let name = RecordName(words[3]), living[name] == nil, spent.insert(id).inserted
    else { return false }
    living[name] = Binding(id: id, kind: kind)
    return true
  }

  private func failure() -> RecordRefusal { RecordRefusal(.broken, "\(path): \(String(cString: strerror(errno)))") }
}
