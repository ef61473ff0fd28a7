import Cognito
import LoginProtocol

/// This machine as remembered devices of its people: what stands in for their second factor where the pool allows it. In a
/// file of its own, which the daemon alone can read.
///
/// One for each place that somebody signs in from. A password that was stolen is worth no more for it elsewhere: whoever
/// comes from another host is another device, and asked for the second factor.
package actor DeviceStore {
  /// A device, and for whom it is one.
  package struct Entry: Sendable {
    package let device: RememberedDevice
    /// The pool's own name for the person.
    package let username: String
  }

  private let database: Database
  private let clock: UnixClock

  package init(directory: StateDirectory, clock: UnixClock) throws {
    database = try Database(path: directory.path + "/devices.sqlite")
    self.clock = clock
    try database.execute(
      """
      PRAGMA secure_delete = ON;
      CREATE TABLE IF NOT EXISTS devices (
        uid INTEGER NOT NULL,
        origin TEXT NOT NULL CHECK (length(origin) <= 300),
        subject TEXT NOT NULL,
        username TEXT NOT NULL,
        key TEXT NOT NULL,
        group_key TEXT NOT NULL,
        password TEXT NOT NULL,
        since INTEGER NOT NULL,
        PRIMARY KEY (uid, origin)
      ) WITHOUT ROWID;
      """)
  }

  /// The device for a person who comes from there; nil when there is none that counts any more.
  package func device(of account: Account, from origin: Origin) throws -> Entry? {
    guard let subject = account.subject else { return nil }
    let rows = try database.query(
      """
      SELECT username, key, group_key, password FROM devices
      WHERE uid = ? AND origin = ? AND subject = ? AND since BETWEEN ? AND ?
      """,
      .integer(Int64(account.id.number)), .text("\(origin)"), .text(subject), .integer(clock.now - Self.lifetime),
      .integer(clock.now + Self.leeway))
    guard let row = rows.first, let username = row.text(0), let key = row.text(1), let group = row.text(2),
      let password = row.text(3)
    else { return nil }
    return Entry(
      device: RememberedDevice(key: key, groupKey: group, password: Secret(utf8: password)), username: username)
  }

  /// - Parameter username: the pool's own name for the person.
  package func remember(
    _ device: RememberedDevice, username: String, of account: Account, from origin: Origin
  ) throws {
    guard let subject = account.subject, let password = device.password.revealed() else { return }
    let uid = DatabaseValue.integer(Int64(account.id.number))
    try database.transaction {
      try database.query(
        "INSERT OR REPLACE INTO devices VALUES (?, ?, ?, ?, ?, ?, ?, ?)", uid, .text("\(origin)"), .text(subject),
        .text(username), .text(device.key), .text(device.groupKey), .text(password), .integer(clock.now))
      try database.query("DELETE FROM devices WHERE since < ?", .integer(clock.now - Self.lifetime))
      try database.query(
        """
        DELETE FROM devices WHERE uid = ?1
        AND origin NOT IN (SELECT origin FROM devices WHERE uid = ?1 ORDER BY since DESC LIMIT 32)
        """, uid)
    }
  }

  /// Forgets one place, or all of somebody's.
  package func forget(uid: UInt32, from origin: Origin? = nil) throws {
    if let origin {
      try database.query(
        "DELETE FROM devices WHERE uid = ? AND origin = ?", .integer(Int64(uid)), .text("\(origin)"))
    } else {
      try database.query("DELETE FROM devices WHERE uid = ?", .integer(Int64(uid)))
    }
  }

  package func count() throws -> Int {
    Int(try database.query("SELECT count(*) FROM devices").first?.integer(0) ?? 0)
  }

  /// For how long a second factor counts, in seconds: whoever goes on coming from there shows it again after that.
  private static let lifetime: Int64 = 30 * 86_400
  /// How far a clock that was set back may lie behind, in seconds.
  private static let leeway: Int64 = 300
}
