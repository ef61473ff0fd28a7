import Glibc

/// Everything that a `cognito-pool` remembers: one SQLite file, 0600, in a directory of its own.
///
/// Calls block (a few microseconds, a write a few tens): call them from a thread that may, not from an event loop.
package final class PoolStore: Sendable {
  private let database: SQLiteDatabase

  /// Opens the store in `directory`, and makes it, or brings it to the present version, if need be.
  ///
  /// - Parameters:
  ///   - directory: made (0700) when it isn't there; refused when others may write in it.
  ///   - durability: what an acknowledged write outlives; by default any death of the process, but not a power cut.
  package init(directory: String, durability: SQLiteDatabase.Durability = .process) throws {
    try Self.prepare(directory: directory)
    let path = directory + "/pool.sqlite"
    try Self.prepare(file: path)
    database = try SQLiteDatabase(path: path, durability: durability)
    try database.write(Self.migrate)
  }

  /// Runs `body` in a snapshot that sees every write acknowledged before.
  package func read<T>(_ body: (Transaction<ReadOnly>) throws -> T) throws -> T {
    try database.read { try body(Transaction(connection: $0)) }
  }

  /// Runs `body` as the only writer. When this returns, its writes outlive kill -9; when it throws, nothing was written.
  package func write<T>(_ body: (Transaction<ReadWrite>) throws -> T) throws -> T {
    try database.write { try body(Transaction(connection: $0)) }
  }

  /// Writes a whole copy to a new file, 0600, while others go on reading and writing.
  /// - Throws: ``SQLiteError`` where the file is there already, or can't be written.
  package func backUp(to path: String) throws {
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw Self.failure("can't make", path) }
    defer { close(descriptor) }
    do {
      try database.copy(to: path)
      guard fsync(descriptor) == 0 else { throw Self.failure("can't write", path) }
    } catch {
      unlink(path)
      throw error
    }
  }

  private static func migrate(_ connection: SQLiteConnection) throws {
    let version = try connection.first("PRAGMA user_version") { Int($0.int(0)) } ?? 0
    guard version <= Schema.migrations.count else {
      throw SQLiteError(
        code: .damaged,
        message: "the database is of version \(version), newer than this program: use the newer cognito-pool")
    }
    for (index, step) in Schema.migrations.enumerated().dropFirst(version) {
      try connection.runScript(step)
      try connection.setVersion(index + 1)
    }
  }

  private static func prepare(directory: String) throws {
    if mkdir(directory, 0o700) != 0, errno != EEXIST { throw failure("can't make the directory", directory) }
    var status = stat()
    guard stat(directory, &status) == 0 else { throw failure("can't use the directory", directory) }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw SQLiteError(code: .disk, message: "\(directory) isn't a directory")
    }
    guard status.st_mode & 0o022 == 0 else {
      throw SQLiteError(
        code: .disk, message: "others may write in \(directory): take a directory of your own (chmod go-w)")
    }
  }

  /// SQLite gives its side files (-wal, -shm) the permissions of the database, so that is made first.
  private static func prepare(file: String) throws {
    let descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw failure("can't open", file) }
    defer { close(descriptor) }
    guard fchmod(descriptor, 0o600) == 0 else { throw failure("can't restrict the permissions of", file) }
  }

  private static func failure(_ what: String, _ path: String) -> SQLiteError {
    SQLiteError(code: .disk, message: "\(what) \(path): \(String(cString: strerror(errno)))")
  }
}
