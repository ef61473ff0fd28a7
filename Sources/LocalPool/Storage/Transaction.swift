/// A transaction that can't write: a consistent snapshot.
package enum ReadOnly: Sendable {}
/// A transaction that can write, and is kept as a whole or not at all.
package enum ReadWrite: Sendable {}

/// The tables, as seen inside one transaction. Valid only inside the closure that got it.
///
/// Whether it may write is part of its type: the methods that change something exist only where `Access == ReadWrite`.
package struct Transaction<Access> {
  let connection: SQLiteConnection

  package var pools: PoolTable<Access> { PoolTable(connection: connection) }
  package var clients: ClientTable<Access> { ClientTable(connection: connection) }
  package var users: UserTable<Access> { UserTable(connection: connection) }
  package var groups: GroupTable<Access> { GroupTable(connection: connection) }
  package var devices: DeviceTable<Access> { DeviceTable(connection: connection) }
  package var passkeys: PasskeyTable<Access> { PasskeyTable(connection: connection) }
  package var refreshTokens: RefreshTokenTable<Access> { RefreshTokenTable(connection: connection) }
  package var sessions: SessionTable<Access> { SessionTable(connection: connection) }
  package var userSessions: UserSessionTable<Access> { UserSessionTable(connection: connection) }
  package var strangers: StrangerTable<Access> { StrangerTable(connection: connection) }
  package var codes: CodeTable<Access> { CodeTable(connection: connection) }
  package var signingKeys: SigningKeyTable<Access> { SigningKeyTable(connection: connection) }
  package var outbox: OutboxTable<Access> { OutboxTable(connection: connection) }
  package var mailQueue: MailQueueTable<Access> { MailQueueTable(connection: connection) }
  package var resources: ResourceTable<Access> { ResourceTable(connection: connection) }
  package var secrets: SecretTable<Access> { SecretTable(connection: connection) }
}
