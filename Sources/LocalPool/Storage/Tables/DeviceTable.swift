/// Remembered devices.
package struct DeviceTable<Access> {
  let connection: SQLiteConnection

  package func find(_ key: String, of user: Int64) throws -> DeviceRecord? {
    try connection.first(
      """
      SELECT pool, user, key, group_key, name, salt, verifier, remembered, last_ip, created, modified,
        last_authenticated FROM devices WHERE user = ? AND key = ?
      """, [.int(user), .text(key)], Self.record)
  }

  package func list(of user: Int64, after: String = "", limit: Int) throws -> [DeviceRecord] {
    try connection.query(
      """
      SELECT pool, user, key, group_key, name, salt, verifier, remembered, last_ip, created, modified,
        last_authenticated FROM devices WHERE user = ? AND key > ? ORDER BY key LIMIT ?
      """, [.int(user), .text(after), SQLiteValue(limit)], Self.record)
  }

  private static func record(_ row: SQLiteRow) -> DeviceRecord {
    var device = DeviceRecord(
      poolID: row.text(0), userID: row.int(1), key: row.text(2), groupKey: row.text(3), createdAt: row.date(9))
    device.name = row.optionalText(4)
    if let salt = row.optionalBlob(5), let verifier = row.optionalBlob(6) {
      device.password = PasswordVerifier(salt: salt, verifier: verifier)
    }
    device.isRemembered = row.bool(7)
    device.lastIP = row.optionalText(8)
    device.modifiedAt = row.date(10)
    device.lastAuthenticatedAt = row.date(11)
    return device
  }
}

extension DeviceTable where Access == ReadWrite {
  /// Adds the device, or saves it anew.
  package func save(_ device: DeviceRecord) throws {
    try connection.run(
      """
      INSERT OR REPLACE INTO devices (user, key, pool, group_key, name, salt, verifier, remembered, last_ip, created,
        modified, last_authenticated) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .int(device.userID), .text(device.key), .text(device.poolID), .text(device.groupKey), SQLiteValue(device.name),
        SQLiteValue(device.password?.salt), SQLiteValue(device.password?.verifier), SQLiteValue(device.isRemembered),
        SQLiteValue(device.lastIP), SQLiteValue(device.createdAt), SQLiteValue(device.modifiedAt),
        SQLiteValue(device.lastAuthenticatedAt),
      ])
  }

  package func delete(_ key: String, of user: Int64) throws {
    try connection.run("DELETE FROM devices WHERE user = ? AND key = ?", [.int(user), .text(key)])
  }
}
