/// The tables, as a list of steps: a database at version n has had the first n of them.
///
/// Steps are never edited once they are released, only added. Every look-up that a sign-in makes goes through a primary key
/// or an index, so that it costs the same with a hundred thousand users as with a hundred.
enum Schema {
  static let migrations: [StaticString] = [first, passkeys, strangers, mailQueue, userSessions, exactAliases]

  private static let first: StaticString = """
    CREATE TABLE secrets (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;

    CREATE TABLE pools (
      id TEXT PRIMARY KEY, document BLOB NOT NULL, created INTEGER NOT NULL, modified INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE clients (
      id TEXT PRIMARY KEY, pool TEXT NOT NULL REFERENCES pools ON DELETE CASCADE,
      document BLOB NOT NULL, created INTEGER NOT NULL, modified INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX clients_by_pool ON clients (pool, id);

    CREATE TABLE client_secrets (
      client TEXT NOT NULL REFERENCES clients ON DELETE CASCADE,
      id TEXT NOT NULL, value TEXT NOT NULL, created INTEGER NOT NULL,
      PRIMARY KEY (client, id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE users (
      id INTEGER PRIMARY KEY, pool TEXT NOT NULL REFERENCES pools ON DELETE CASCADE,
      sub TEXT NOT NULL, username TEXT NOT NULL, username_key TEXT NOT NULL,
      status TEXT NOT NULL, enabled INTEGER NOT NULL, attributes BLOB NOT NULL,
      salt BLOB, verifier BLOB, password_set INTEGER, password_history BLOB,
      mfa BLOB,
      failures INTEGER NOT NULL DEFAULT 0, last_failure INTEGER, locked_until INTEGER,
      signed_out INTEGER, created INTEGER NOT NULL, modified INTEGER NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX users_by_name ON users (pool, username_key);
    CREATE UNIQUE INDEX users_by_sub ON users (pool, sub);
    CREATE INDEX users_by_age ON users (pool, id);

    -- The standard attributes that ListUsers can filter by.
    CREATE TABLE user_search (
      user INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
      pool TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
      PRIMARY KEY (user, name)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX user_search_by_value ON user_search (pool, name, value, user);

    -- Other names a user signs in by: one user per name and pool.
    CREATE TABLE user_aliases (
      pool TEXT NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL,
      user INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
      PRIMARY KEY (pool, kind, value)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX user_aliases_by_user ON user_aliases (user);

    CREATE TABLE groups (
      id INTEGER PRIMARY KEY, pool TEXT NOT NULL REFERENCES pools ON DELETE CASCADE,
      name TEXT NOT NULL, description TEXT, role TEXT, precedence INTEGER,
      created INTEGER NOT NULL, modified INTEGER NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX groups_by_name ON groups (pool, name);

    CREATE TABLE memberships (
      "group" INTEGER NOT NULL REFERENCES groups ON DELETE CASCADE,
      user INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
      PRIMARY KEY ("group", user)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX memberships_by_user ON memberships (user, "group");

    CREATE TABLE devices (
      user INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
      key TEXT NOT NULL, pool TEXT NOT NULL, group_key TEXT NOT NULL, name TEXT,
      salt BLOB, verifier BLOB, remembered INTEGER NOT NULL, last_ip TEXT,
      created INTEGER NOT NULL, modified INTEGER NOT NULL, last_authenticated INTEGER NOT NULL,
      PRIMARY KEY (user, key)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE refresh_tokens (
      hash BLOB PRIMARY KEY, pool TEXT NOT NULL, client TEXT NOT NULL,
      user INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
      origin_jti TEXT NOT NULL, device_key TEXT, scope TEXT NOT NULL,
      auth_time INTEGER NOT NULL, created INTEGER NOT NULL, expires INTEGER NOT NULL,
      rotated INTEGER, grace_until INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX refresh_tokens_by_user ON refresh_tokens (user);
    CREATE INDEX refresh_tokens_by_origin ON refresh_tokens (origin_jti);
    CREATE INDEX refresh_tokens_by_expiry ON refresh_tokens (expires);

    -- Sessions whose access tokens the pool no longer accepts, until the last of those has expired anyway.
    CREATE TABLE revoked_sessions (origin_jti TEXT PRIMARY KEY, expires INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE INDEX revoked_sessions_by_expiry ON revoked_sessions (expires);

    -- Ids that were used and may not be again (challenge sessions, authorization codes), until they have expired.
    CREATE TABLE used_ids (id BLOB PRIMARY KEY, expires INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE INDEX used_ids_by_expiry ON used_ids (expires);

    CREATE TABLE codes (
      user INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
      purpose TEXT NOT NULL, subject TEXT NOT NULL, code TEXT NOT NULL, destination TEXT NOT NULL,
      created INTEGER NOT NULL, expires INTEGER NOT NULL, failures INTEGER NOT NULL,
      PRIMARY KEY (user, purpose, subject)
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX codes_by_expiry ON codes (expires);

    -- How often a user did what AWS limits per hour.
    CREATE TABLE attempts (
      user INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
      kind TEXT NOT NULL, since INTEGER NOT NULL, count INTEGER NOT NULL,
      PRIMARY KEY (user, kind)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE signing_keys (
      kid TEXT PRIMARY KEY, pool TEXT NOT NULL REFERENCES pools ON DELETE CASCADE,
      use TEXT NOT NULL, private_key BLOB NOT NULL, created INTEGER NOT NULL, retired INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX signing_keys_by_pool ON signing_keys (pool, use);

    CREATE TABLE outbox (
      id INTEGER PRIMARY KEY AUTOINCREMENT, pool TEXT NOT NULL, username TEXT NOT NULL, medium TEXT NOT NULL,
      destination TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL, code TEXT,
      created INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE resources (
      pool TEXT NOT NULL REFERENCES pools ON DELETE CASCADE,
      kind TEXT NOT NULL, name TEXT NOT NULL, document BLOB NOT NULL,
      created INTEGER NOT NULL, modified INTEGER NOT NULL,
      PRIMARY KEY (pool, kind, name)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX resources_by_name ON resources (kind, name);
    """

  private static let passkeys: StaticString = """
    -- A credential's id is its pool's alone: it says whose sign-in it is.
    CREATE TABLE passkeys (
      number INTEGER PRIMARY KEY, pool TEXT NOT NULL,
      user INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
      id BLOB NOT NULL, public_key BLOB NOT NULL, sign_count INTEGER NOT NULL,
      backup_eligible INTEGER NOT NULL, backed_up INTEGER NOT NULL,
      relying_party TEXT NOT NULL, name TEXT NOT NULL, attachment TEXT, transports TEXT NOT NULL,
      created INTEGER NOT NULL, last_used INTEGER
    ) STRICT;
    CREATE UNIQUE INDEX passkeys_by_id ON passkeys (pool, id);
    CREATE INDEX passkeys_by_user ON passkeys (user, number);
    """

  private static let strangers: StaticString = """
    -- How often somebody tried with the name of a user who doesn't exist.
    CREATE TABLE strangers (
      id TEXT NOT NULL, kind TEXT NOT NULL, count INTEGER NOT NULL, since INTEGER NOT NULL, PRIMARY KEY (id, kind)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX strangers_by_time ON strangers (since);
    """

  private static let mailQueue: StaticString = """
    -- Messages of the outbox that the mail server has yet to take; `due` is in seconds of the system's clock.
    CREATE TABLE mail_queue (
      message INTEGER PRIMARY KEY REFERENCES outbox ON DELETE CASCADE,
      attempts INTEGER NOT NULL, due INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX mail_queue_by_time ON mail_queue (due, message);
    """

  private static let userSessions: StaticString = """
    -- Where users are signed in, in pools that track that: in an app (with the sign-in's origin_jti), or in a browser.
    CREATE TABLE user_sessions (
      number INTEGER PRIMARY KEY, id TEXT NOT NULL,
      user INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
      client TEXT NOT NULL, origin_jti TEXT, parent TEXT, device TEXT NOT NULL, address TEXT NOT NULL,
      created INTEGER NOT NULL, last_active INTEGER NOT NULL, expires INTEGER NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX user_sessions_by_id ON user_sessions (id);
    CREATE UNIQUE INDEX user_sessions_by_origin ON user_sessions (origin_jti);
    CREATE INDEX user_sessions_by_user ON user_sessions (user, number);
    CREATE INDEX user_sessions_by_parent ON user_sessions (parent) WHERE parent IS NOT NULL;
    CREATE INDEX user_sessions_by_expiry ON user_sessions (expires);

    -- An app's session lives as long as one of its refresh tokens, whoever removes the last one.
    CREATE TRIGGER user_sessions_end AFTER DELETE ON refresh_tokens BEGIN
      DELETE FROM user_sessions WHERE origin_jti = OLD.origin_jti
        AND NOT EXISTS (SELECT 1 FROM refresh_tokens WHERE origin_jti = OLD.origin_jti);
    END;

    -- How the user showed who they are, which renewed tokens say as well; null for sign-ins of before.
    ALTER TABLE refresh_tokens ADD COLUMN acr TEXT;
    ALTER TABLE refresh_tokens ADD COLUMN amr TEXT;
    """

  private static let exactAliases: StaticString = """
    -- E-mail addresses were compared without case in every pool; now only where the pool ignores case.
    UPDATE user_aliases SET value = coalesce(
        (SELECT search.value FROM user_search AS search
          WHERE search.user = user_aliases.user AND search.name = 'email' AND lower(search.value) = user_aliases.value),
        value)
      WHERE kind = 'email' AND pool IN (
        SELECT id FROM pools
          WHERE coalesce(json_extract(CAST(document AS TEXT), '$.UsernameConfiguration.CaseSensitive'), 1));
    """
}
