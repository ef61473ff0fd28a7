/// Under what a ``RememberedDevice`` is kept: the pool and the pool's own name for the user, which never changes.
///
/// A name that was typed won't do: a person who signs in by e-mail today and by telephone number tomorrow would have
/// two devices, one of them with keys that renewals refuse.
public struct DeviceStorageKey: Sendable, Hashable, CustomStringConvertible {
  /// The user pool's id.
  public let poolID: String
  /// The pool's own name for the user.
  public let username: String

  /// - Parameters:
  ///   - pool: the user pool.
  ///   - tokens: of the user.
  public init(pool: UserPool, tokens: TokenSet) {
    self.init(pool: pool, username: tokens.username)
  }

  /// - Parameters:
  ///   - pool: the user pool.
  ///   - username: the pool's own name for the user.
  public init(pool: UserPool, username: String) {
    poolID = pool.id
    self.username = username
  }

  /// A text that is different for different keys: `device/{pool}/{user}`, with everything but letters, digits and
  /// `-._~` escaped.
  public var description: String { "device/\(QueryString.escape(poolID))/\(QueryString.escape(username))" }
}

/// Gives the device that is kept under a key.
typealias DeviceFinder = @Sendable (DeviceStorageKey) async throws -> RememberedDevice?
