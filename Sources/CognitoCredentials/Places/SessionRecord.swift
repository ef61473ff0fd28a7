import Cognito
import Glibc
import SystemSupport
import TokenCache

/// What is remembered of a profile's session outside its store: no secret, but what a store that is locked, away or
/// emptied can't tell. Without it, "signed out" and "gone with a restart" would look alike, and a session that was ended
/// while its keyring was locked would come back with the keyring.
package struct SessionRecord: Equatable, Sendable {
  /// Where the last sign-in's session was put; nil when it was signed out.
  package var place: RestingPlace?
  /// Unix time in seconds of that sign-in, or sign-out.
  package var since: Int64
  package var username: String?
  /// The account's `sub`.
  package var subject: String?
  /// Whether the desktop's keyring has a session of this profile: this one, an older one, or one that was ended.
  package var isInKeyring: Bool

  package init(
    place: RestingPlace?, since: Int64, username: String? = nil, subject: String? = nil, isInKeyring: Bool
  ) {
    self.place = place
    self.since = since
    self.username = username
    self.subject = subject
    self.isInKeyring = isInKeyring
  }

  var isSignedOut: Bool { place == nil }

  func isOf(_ session: StoredSession) -> Bool {
    guard let subject, let theirs = session.subject else { return username == nil || username == session.username }
    return subject == theirs
  }

  fileprivate var encoded: [UInt8] {
    var members: [String: JSONValue] = ["version": 1, "since": .int(since), "in_keyring": .bool(isInKeyring)]
    members["place"] = place.map { .string($0.rawValue) }
    members["username"] = username.map(JSONValue.string)
    members["subject"] = subject.map(JSONValue.string)
    return JSONValue.object(members).serialized()
  }

  fileprivate init?(decoding bytes: [UInt8]) {
    guard let value = try? JSONValue.parse(bytes, maximumDepth: 2, maximumBytes: SessionRecords.maximumBytes),
      value["version"]?.int == 1, let since = value["since"]?.int, let isInKeyring = value["in_keyring"]?.bool
    else { return nil }
    var place: RestingPlace?
    if let text = value["place"]?.string {
      guard let known = RestingPlace(rawValue: text) else { return nil }
      place = known
    }
    self.init(
      place: place, since: since, username: value["username"]?.string, subject: value["subject"]?.string,
      isInKeyring: isInKeyring)
  }
}

/// The records of a user's profiles, one small file each.
package struct SessionRecords: Sendable {
  static let maximumBytes = 4096
  private let directory: PrivateDirectory

  /// - Parameter state: the user's state directory
  package init(state: String) { directory = PrivateDirectory(state + "/sessions") }

  /// - Returns: nil when there is none that can be believed: then nothing is known, as before the first sign-in.
  package func read(_ profile: Profile) -> SessionRecord? {
    let file = directory.path(of: profile, "record")
    guard let bytes = try? TrustedFile.read(file, maximumBytes: Self.maximumBytes) else { return nil }
    return SessionRecord(decoding: bytes)
  }

  package func write(_ record: SessionRecord, of profile: Profile) throws(SessionStoreError) {
    try directory.make()
    guard AtomicFile.replace(directory.path(of: profile, "record"), with: record.encoded, mode: 0o600) else {
      throw SessionStoreError(
        .failed, "Where the session rests can't be noted in \(directory.path): \(String(cString: strerror(errno))).")
    }
  }
}
