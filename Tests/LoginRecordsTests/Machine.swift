import Glibc
import LoginRecords

/// A machine made of temporary files: its /etc, its folder of records, its other directories.
final class Machine {
  let path: String
  let directory = FakeDirectory()
  var login = "group_map = admins:sudo, admins:ops"
  var systemNames: Set<String> = []
  private(set) var log: [String] = []

  init() {
    path = "/tmp/cognito-userdb-test-\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
    mkdir(path, 0o700)
    mkdir(userdb, 0o755)
    write(
      "passwd",
      "root:x:0:0::/root:/bin/sh\ntoor:x:0:77::/root:/bin/sh\nlovelace:x:1001:1001::/home/lovelace:/bin/sh\n")
    write("group", "root:x:0:\ndisk:x:6:\nsudo:x:27:lovelace,carol\nshadow:x:42:\nsecond:x:42:\nlovelace:x:1001:\n")
  }

  deinit { remove(path) }

  var userdb: String { path + "/userdb" }

  func keeper() throws -> RecordKeeper {
    let around = RecordKeeper.Surroundings(
      settings: { [unowned self] in try RecordSettings.parse(Array("[login]\n\(login)\n".utf8), name: "test.conf") },
      machine: { [path] in try AccountFiles(in: path) }, directories: directory,
      systemNames: { [unowned self] in systemNames }, log: { [unowned self] in log.append($0) })
    return try RecordKeeper(
      around, bindings: Bindings(folder: path + "/bindings"), memory: RecordMemory(folder: path + "/bindings"),
      folder: RecordFolder(userdb, formerOwner: 12_345))
  }

  func write(_ name: String, _ text: String, owner: uid_t? = nil) {
    let file = fopen("\(path)/\(name)", "w")
    fputs(text, file)
    fclose(file)
    if let owner { chown("\(path)/\(name)", owner, owner) }
  }

  func read(_ name: String) -> String? {
    guard let file = fopen("\(path)/\(name)", "r") else { return nil }
    defer { fclose(file) }
    var buffer = [CChar](repeating: 0, count: 65_536)
    let count = fread(&buffer, 1, buffer.count - 1, file)
    return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// What lies in memory is gone: the records.
  func switchOff() {
    for name in names(userdb) { unlink("\(userdb)/\(name)") }
  }

  var records: [String] { names(userdb).sorted() }

  private func names(_ folder: String) -> [String] {
    guard let listing = opendir(folder) else { return [] }
    defer { closedir(listing) }
    var names: [String] = []
    while let entry = readdir(listing) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  private func remove(_ path: String) {
    for name in names(path) { remove("\(path)/\(name)") }
    if rmdir(path) != 0 { unlink(path) }
  }
}

/// LDAP, say.
final class FakeDirectory: Directories {
  var users: [String: UInt32] = [:]
  var groups: [String: UInt32] = [:]
  var isSilent = false

  func user(named name: String) throws(RecordRefusal) -> UInt32? { try answer(users[name]) }
  func group(named name: String) throws(RecordRefusal) -> UInt32? { try answer(groups[name]) }
  func has(id: UInt32) throws(RecordRefusal) -> Bool {
    try answer(users.values.contains(id) || groups.values.contains(id))
  }

  private func answer<Value>(_ value: Value) throws(RecordRefusal) -> Value {
    if isSilent { throw RecordRefusal(.silent, "down") }
    return value
  }
}

extension RecordKeeper {
  /// One line of a daemon's, and the line that it gets.
  func say(_ line: String) -> String {
    guard let request = RecordRequest(Array(line.utf8)) else { return "not a request" }
    return String(answer(request).line.dropLast())
  }
}
