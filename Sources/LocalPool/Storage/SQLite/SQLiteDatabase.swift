import Synchronization

/// A database file in WAL mode: one writer, any number of readers that never wait for it.
package final class SQLiteDatabase: Sendable {
  /// Which death of the machine a committed write outlives.
  package enum Durability: Sendable {
    /// Death of the process at any moment (kill -9 included): a commit has been handed to the kernel (`write`) before it
    /// is acknowledged. A power cut may lose the last commits, never the file's consistency.
    case process
    /// Power cuts as well: each commit waits for the disk (`fsync`).
    case power
  }

  private let path: String
  private let writer: Mutex<SQLiteConnection>
  private let idleReaders = Mutex<[SQLiteConnection]>([])
  /// More readers than threads are never used at once; the rest are closed again.
  private let mostIdleReaders = 16

  package init(path: String, durability: Durability) throws {
    self.path = path
    let connection = try SQLiteConnection(path: path, readOnly: false)
    let mode = try connection.first("PRAGMA journal_mode=WAL") { $0.text(0) }
    guard mode == "wal" else {
      throw SQLiteError(
        code: .disk, message: "the file system of \(path) can't do write-ahead logging (mode \(mode ?? "?"))")
    }
    switch durability {
    case .process: try connection.run("PRAGMA synchronous=NORMAL")
    case .power: try connection.run("PRAGMA synchronous=FULL")
    }
    try connection.run("PRAGMA foreign_keys=ON")
    try connection.run("PRAGMA cache_size=-16384")
    writer = Mutex(connection)
  }

  /// Runs `body` in a snapshot: it sees every write that was acknowledged before it began.
  func read<T>(_ body: (SQLiteConnection) throws -> T) throws -> T {
    let connection = try idleReaders.withLock { $0.popLast() } ?? openReader()
    defer { idleReaders.withLock { if $0.count < mostIdleReaders { $0.append(connection) } } }
    try connection.run("BEGIN")
    do {
      let result = try body(connection)
      try connection.run("COMMIT")
      return result
    } catch {
      try? connection.run("ROLLBACK")
      throw error
    }
  }

  /// Runs `body` alone and commits; when it throws, nothing of it is kept.
  func write<T>(_ body: (SQLiteConnection) throws -> T) throws -> T {
    try writer.withLock { connection in
      try connection.run("BEGIN IMMEDIATE")
      do {
        let result = try body(connection)
        try connection.run("COMMIT")
        return result
      } catch {
        try? connection.run("ROLLBACK")
        throw error
      }
    }
  }

  /// Writes what is committed by now to a file that is empty.
  func copy(to path: String) throws {
    try SQLiteConnection(path: self.path, readOnly: true).run("VACUUM INTO ?", [.text(path)])
  }

  private func openReader() throws -> SQLiteConnection {
    let connection = try SQLiteConnection(path: path, readOnly: true)
    try connection.run("PRAGMA query_only=ON")
    try connection.run("PRAGMA cache_size=-4096")
    return connection
  }
}
