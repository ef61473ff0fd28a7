import LoginProtocol

/// How long a name has to wait after wrong answers: nothing after the first few, then twice as long each time.
package struct AttemptPolicy: Sendable {
  /// Wrong answers in a row that cost nothing.
  package let free: Int
  /// The longest wait, in seconds. A wait, not a lock: otherwise anybody could lock anybody out.
  package let longestWait: Int64
  /// How many names are kept in mind.
  package let capacity: Int

  package init(free: Int = 5, longestWait: Int64 = 900, capacity: Int = 10_000) {
    self.free = free
    self.longestWait = longestWait
    self.capacity = capacity
  }

  /// Seconds to wait after `count` attempts in a row.
  package func wait(after count: Int) -> Int64 {
    guard count >= free else { return 0 }
    return min(longestWait, 1 << Int64(min(count - free, 20)))
  }
}

package enum AttemptVerdict: Sendable, Equatable {
  case go
  /// Seconds left.
  case wait(Int64)
}

extension Accounts {
  /// Counts an attempt, on disk, before anything is verified: killing the daemon in between wins nothing.
  package func beginAttempt(_ name: LoginName, policy: AttemptPolicy) throws -> AttemptVerdict {
    let now = clock.now
    return try database.transaction {
      let row = try database.query("SELECT count, last_at FROM attempts WHERE name = ?", .text(name.text)).first
      if let row, let count = row.integer(0), let last = row.integer(1) {
        // After the clock was set back, the last attempt lies in the future, and would hold the person out until the clock
        // is there again. It counts as made now, and that is written down, so that the wait runs from here.
        if last > now {
          try database.query("UPDATE attempts SET last_at = ?2 WHERE name = ?1", .text(name.text), .integer(now))
        }
        let left = min(last, now) + policy.wait(after: Int(clamping: count)) - now
        if left > 0 { return .wait(left) }
      } else {
        try makeRoom(policy, now: now)
      }
      try database.query(
        """
        INSERT INTO attempts (name, count, last_at) VALUES (?1, 1, ?2)
        ON CONFLICT (name) DO UPDATE SET count = count + 1, last_at = ?2
        """, .text(name.text), .integer(now))
      return .go
    }
  }

  /// The attempt was right: the count starts anew.
  package func attemptSucceeded(_ name: LoginName) throws {
    try database.query("DELETE FROM attempts WHERE name = ?", .text(name.text))
  }

  /// The attempt got no verdict (the pool didn't answer): it doesn't count.
  package func attemptHadNoVerdict(_ name: LoginName) throws {
    try database.query("UPDATE attempts SET count = max(0, count - 1) WHERE name = ?", .text(name.text))
  }

  /// Keeps the table small. When it is full of fresh names, new ones are refused: never is a count thrown away to make
  /// room for a guess.
  private func makeRoom(_ policy: AttemptPolicy, now: Int64) throws {
    func count() throws -> Int64 { try database.query("SELECT count(*) FROM attempts").first?.integer(0) ?? 0 }
    guard try count() >= policy.capacity else { return }
    try database.query("DELETE FROM attempts WHERE last_at < ?", .integer(now - 86_400))
    guard try count() < policy.capacity else { throw AccountError.full }
  }
}
