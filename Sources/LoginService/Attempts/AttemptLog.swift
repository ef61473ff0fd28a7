import LoginProtocol

/// Whose attempt it is: a person's name and where they are. All names that this machine doesn't know are one.
package struct Attempt: Hashable, Sendable {
  /// nil: a stranger.
  package let name: LoginName?
  package let origin: Origin

  package init(_ name: LoginName?, from origin: Origin) {
    self.name = name
    self.origin = origin
  }
}

/// Who has to wait, for root to see.
package struct AttemptWait: Sendable, Equatable {
  /// nil: strangers.
  package let name: String?
  /// nil: wherever they are.
  package let origin: String?
  package let count: Int
  package let seconds: Int64

  package init(name: String?, origin: String?, count: Int, seconds: Int64) {
    self.name = name
    self.origin = origin
    self.count = count
    self.seconds = seconds
  }
}

/// The wrong answers so far, in a file of their own: losing it costs nobody an account.
package actor AttemptLog {
  private let database: Database
  private let policy: AttemptPolicy
  private let clock: UnixClock

  package init(directory: StateDirectory, policy: AttemptPolicy = AttemptPolicy(), clock: UnixClock) throws {
    database = try Database(path: directory.path + "/attempts.sqlite")
    self.policy = policy
    self.clock = clock
    // Name '': strangers. Origin '': all of them together.
    try database.execute(
      """
      CREATE TABLE IF NOT EXISTS attempts (
        name TEXT NOT NULL CHECK (length(name) <= 128),
        origin TEXT NOT NULL CHECK (length(origin) <= 300),
        count INTEGER NOT NULL CHECK (count >= 0),
        last_at INTEGER NOT NULL,
        good_at INTEGER,
        PRIMARY KEY (name, origin)
      ) WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS attempts_by_age ON attempts (last_at);
      """)
  }

  /// Counts an attempt, on disk, before anything is verified: killing the daemon in between wins nothing.
  package func begin(_ attempt: Attempt) throws -> AttemptVerdict {
    let now = clock.now
    let (name, origin) = attempt.key
    return try database.transaction {
      let own = try row(name, origin, now)
      let scale = attempt.name == nil ? policy.strangers : policy.own
      if let wait = own.wait(by: scale, now) { return .wait(wait) }
      let all = attempt.name == nil ? nil : try row(name, "", now)
      if let wait = all?.wait(by: policy.name, now), !own.isTrusted(for: policy.trust, now) { return .wait(wait) }
      if own.isNew { try makeRoom(name) }
      try save(name, origin, own.count(by: scale, now) + 1, scale, now)
      if let all { try save(name, "", all.count(by: policy.name, now) + 1, policy.name, now) }
      return .go
    }
  }

  /// The attempt was right: what came from there is forgiven, and the place is the person's.
  package func succeeded(_ attempt: Attempt) throws {
    let (name, origin) = attempt.key
    try database.transaction {
      guard attempt.name != nil else {
        try database.query("DELETE FROM attempts WHERE name = ? AND origin = ?", .text(name), .text(origin))
        return
      }
      try database.query(
        """
        INSERT INTO attempts (name, origin, count, last_at, good_at) VALUES (?1, ?2, 0, ?3, ?3)
        ON CONFLICT (name, origin) DO UPDATE SET count = 0, last_at = ?3, good_at = ?3
        """, .text(name), .text(origin), .integer(clock.now))
      try takeBack(name, "")
    }
  }

  /// The attempt got no verdict (the pool didn't answer): it doesn't count.
  package func hadNoVerdict(_ attempt: Attempt) throws {
    let (name, origin) = attempt.key
    try database.transaction {
      try takeBack(name, origin)
      if attempt.name != nil { try takeBack(name, "") }
    }
  }

  /// Whether the person has signed in from there lately.
  package func isTrusted(_ attempt: Attempt) throws -> Bool {
    let now = clock.now
    return try row(attempt.key.0, attempt.key.1, now).isTrusted(for: policy.trust, now)
  }

  /// Ends every wait for a name. The places where the person has signed in stay theirs.
  package func unlock(_ name: LoginName) throws {
    try database.query("UPDATE attempts SET count = 0 WHERE name = ?", .text(name.text))
  }

  /// Forgets all about a name.
  package func forget(_ name: LoginName) throws {
    try database.query("DELETE FROM attempts WHERE name = ?", .text(name.text))
  }

  /// Who has to wait now, the longest first.
  package func waits(limit: Int) throws -> [AttemptWait] {
    let now = clock.now
    let rows = try database.query("SELECT name, origin, count, last_at FROM attempts WHERE count > 0")
    let waits = rows.compactMap { row -> AttemptWait? in
      guard let name = row.text(0), let origin = row.text(1), let count = row.integer(2), let last = row.integer(3)
      else { return nil }
      let scale = name.isEmpty ? policy.strangers : origin.isEmpty ? policy.name : policy.own
      let entry = Row(count: Int(clamping: count), last: min(last, now), good: nil, isNew: false)
      guard let seconds = entry.wait(by: scale, now) else { return nil }
      return AttemptWait(
        name: name.isEmpty ? nil : name, origin: origin.isEmpty ? nil : origin, count: entry.count(by: scale, now),
        seconds: seconds)
    }
    return Array(waits.sorted { $0.seconds > $1.seconds }.prefix(limit))
  }

  private struct Row {
    let count: Int
    let last: Int64
    let good: Int64?
    let isNew: Bool

    func count(by scale: AttemptPolicy.Scale, _ now: Int64) -> Int { scale.left(of: count, after: now - last) }

    func wait(by scale: AttemptPolicy.Scale, _ now: Int64) -> Int64? {
      let left = last + scale.wait(after: count(by: scale, now)) - now
      return left > 0 ? left : nil
    }

    func isTrusted(for seconds: Int64, _ now: Int64) -> Bool { good.map { now - $0 < seconds } ?? false }
  }

  private func row(_ name: String, _ origin: String, _ now: Int64) throws -> Row {
    let found = try database.query(
      "SELECT count, last_at, good_at FROM attempts WHERE name = ? AND origin = ?", .text(name), .text(origin)
    ).first
    guard let found, let count = found.integer(0), let last = found.integer(1) else {
      return Row(count: 0, last: now, good: nil, isNew: true)
    }
    // After the clock was set back, the last attempt lies in the future, and would hold the person out until the clock is
    // there again. It counts as made now, and that is written down, so that the wait runs from here.
    if last > now {
      try database.query(
        "UPDATE attempts SET last_at = ?3 WHERE name = ?1 AND origin = ?2", .text(name), .text(origin), .integer(now))
    }
    return Row(count: Int(clamping: count), last: min(last, now), good: found.integer(2), isNew: false)
  }

  private func save(
    _ name: String, _ origin: String, _ count: Int, _ scale: AttemptPolicy.Scale, _ now: Int64
  ) throws {
    try database.query(
      """
      INSERT INTO attempts (name, origin, count, last_at) VALUES (?1, ?2, ?3, ?4)
      ON CONFLICT (name, origin) DO UPDATE SET count = ?3, last_at = ?4
      """, .text(name), .text(origin), .integer(Int64(min(count, scale.most))), .integer(now))
  }

  private func takeBack(_ name: String, _ origin: String) throws {
    try database.query(
      "UPDATE attempts SET count = max(0, count - 1) WHERE name = ? AND origin = ?", .text(name), .text(origin))
  }

  /// Keeps the table small, and never by refusing anybody.
  private func makeRoom(_ name: String) throws {
    func count(_ rows: [DatabaseRow]) -> Int64 { rows.first?.integer(0) ?? 0 }
    if !name.isEmpty,
      count(try database.query("SELECT count(*) FROM attempts WHERE name = ?", .text(name))) > policy.originsEach
    {
      try database.query(
        """
        DELETE FROM attempts WHERE name = ?1 AND origin = (
          SELECT origin FROM attempts WHERE name = ?1 AND origin <> '' ORDER BY good_at IS NOT NULL, last_at LIMIT 1)
        """, .text(name))
    }
    if count(try database.query("SELECT count(*) FROM attempts")) >= policy.capacity {
      // A part at once, so that a full table doesn't cost each attempt a search.
      try database.query(
        """
        DELETE FROM attempts WHERE (name, origin) IN (
          SELECT name, origin FROM attempts WHERE origin <> ''
          ORDER BY good_at IS NOT NULL, last_at LIMIT max(1, ?))
        """, .integer(Int64(policy.capacity / 50)))
    }
  }
}

extension Attempt {
  /// As the file has it.
  fileprivate var key: (String, String) { (name?.text ?? "", origin.description) }
}
