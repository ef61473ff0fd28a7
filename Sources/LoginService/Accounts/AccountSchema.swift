/// The tables, and the rules that hold even if our own code is wrong.
enum AccountSchema {
  static var version: Int64 { Int64(steps.count) }

  /// What each version adds to the one before.
  static let steps = [first, second, third]

  private static let first = """
    -- Every id ever given away. Rows stay for good: an id of somebody who left must not become somebody else's, or they
    -- would own the files left behind.
    CREATE TABLE ids (
      id INTEGER PRIMARY KEY CHECK (id BETWEEN 1000 AND 60000 OR id BETWEEN 65536 AND 524287),
      kind TEXT NOT NULL CHECK (kind IN ('user', 'group')),
      name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 32),
      allocated_at INTEGER NOT NULL,
      removed_at INTEGER
    );
    CREATE UNIQUE INDEX living_names ON ids (name) WHERE removed_at IS NULL;
    CREATE TRIGGER ids_stay BEFORE DELETE ON ids BEGIN SELECT RAISE(ABORT, 'ids are never deleted'); END;
    CREATE TRIGGER ids_written_once BEFORE UPDATE OF id, kind, name, allocated_at ON ids
      BEGIN SELECT RAISE(ABORT, 'ids are written once'); END;
    CREATE TRIGGER ids_stay_removed BEFORE UPDATE OF removed_at ON ids WHEN OLD.removed_at IS NOT NULL
      BEGIN SELECT RAISE(ABORT, 'a removed id never comes back'); END;

    CREATE TABLE accounts (
      id INTEGER PRIMARY KEY REFERENCES ids (id),
      subject TEXT CHECK (subject IS NULL OR length(subject) BETWEEN 1 AND 128),
      groups TEXT NOT NULL DEFAULT '[]',
      disabled INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
      last_sign_in INTEGER
    );
    CREATE UNIQUE INDEX subjects ON accounts (subject) WHERE subject IS NOT NULL;
    CREATE TRIGGER account_ids_written_once BEFORE UPDATE OF id ON accounts
      BEGIN SELECT RAISE(ABORT, 'ids are written once'); END;
    CREATE TRIGGER subjects_written_once BEFORE UPDATE OF subject ON accounts WHEN OLD.subject IS NOT NULL
      BEGIN SELECT RAISE(ABORT, 'a subject is written once'); END;
    """

  private static let second = """
    -- What the pool is asked for, where root mapped the name.
    ALTER TABLE accounts ADD COLUMN pool_user TEXT CHECK (pool_user IS NULL OR length(pool_user) BETWEEN 1 AND 128);
    -- Groups of the pool that the person was in before, as an object of name and second: a process that began in one of
    -- them still has what it gave.
    ALTER TABLE accounts ADD COLUMN lost_groups TEXT NOT NULL DEFAULT '{}';
    """

  private static let third = """
    -- What the pool itself calls the person.
    ALTER TABLE accounts ADD COLUMN pool_name TEXT CHECK (pool_name IS NULL OR length(pool_name) BETWEEN 1 AND 128);
    ALTER TABLE accounts ADD COLUMN locked INTEGER NOT NULL DEFAULT 0 CHECK (locked IN (0, 1));
    -- Root may let an account forget whose it is; it never goes from one person to another in one step.
    DROP TRIGGER subjects_written_once;
    CREATE TRIGGER subjects_written_once BEFORE UPDATE OF subject ON accounts
      WHEN OLD.subject IS NOT NULL AND NEW.subject IS NOT NULL
      BEGIN SELECT RAISE(ABORT, 'a subject is written once'); END;
    """

  static func prepare(_ database: Database) throws {
    let found = try database.query("PRAGMA user_version").first?.integer(0) ?? 0
    guard found < version else {
      guard found == version else {
        throw AccountError.unusableDatabase("it has version \(found), this program knows version \(version)")
      }
      return
    }
    try database.transaction {
      for step in steps.dropFirst(Int(max(found, 0))) { try database.execute(step) }
      try database.execute("PRAGMA user_version = \(version)")
    }
  }
}
