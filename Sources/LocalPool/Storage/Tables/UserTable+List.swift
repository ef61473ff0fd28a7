extension UserTable {
  /// Users in the order in which they were made, those after row `after`.
  package func list(pool: PoolRecord, filter: ListUsersFilter? = nil, after: Int64 = 0, limit: Int) throws
    -> [UserRecord]
  {
    let ids = try matching(pool: pool, filter: filter, after: after, limit: limit)
    return try ids.compactMap { try find(id: $0) }
  }

  private func matching(pool: PoolRecord, filter: ListUsersFilter?, after: Int64, limit: Int) throws -> [Int64] {
    let page: [SQLiteValue] = [.int(after), SQLiteValue(limit)]
    guard let filter else {
      return try connection.query(
        "SELECT id FROM users WHERE pool = ?1 AND id > ?2 ORDER BY id LIMIT ?3", [.text(pool.id)] + page
      ) { $0.int(0) }
    }
    // A prefix is a range: from it up to it followed by the highest code point. So the index serves both.
    let upper = filter.isPrefix ? filter.value + "\u{10FFFF}" : filter.value
    switch filter.field {
    case .username:
      let range: [SQLiteValue] = [.text(pool.id), .text(pool.nameKey(filter.value)), .text(pool.nameKey(upper))]
      return try connection.query(
        """
        SELECT id FROM users WHERE pool = ?1 AND username_key BETWEEN ?2 AND ?3 AND id > ?4 ORDER BY id LIMIT ?5
        """, range + page
      ) { $0.int(0) }
    case .sub:
      return try connection.query(
        "SELECT id FROM users WHERE pool = ?1 AND sub BETWEEN ?2 AND ?3 AND id > ?4 ORDER BY id LIMIT ?5",
        [.text(pool.id), .text(filter.value), .text(upper)] + page
      ) { $0.int(0) }
    case .status:
      return try connection.query(
        "SELECT id FROM users WHERE pool = ?1 AND status BETWEEN ?2 AND ?3 AND id > ?4 ORDER BY id LIMIT ?5",
        [.text(pool.id), .text(filter.value), .text(upper)] + page
      ) { $0.int(0) }
    case .enabled:
      return try connection.query(
        "SELECT id FROM users WHERE pool = ?1 AND enabled = ?2 AND id > ?3 ORDER BY id LIMIT ?4",
        [.text(pool.id), SQLiteValue(filter.value == "Enabled")] + page
      ) { $0.int(0) }
    case .attribute(let name):
      return try connection.query(
        """
        SELECT user FROM user_search WHERE pool = ?1 AND name = ?2 AND value BETWEEN ?3 AND ?4 AND user > ?5
        ORDER BY user LIMIT ?6
        """, [.text(pool.id), .text(name), .text(filter.value), .text(upper)] + page
      ) { $0.int(0) }
    }
  }
}
