import Cognito
import FoundationEssentials
import SystemSupport
import TokenCache

/// All places where sessions may rest, and which of them a profile's does.
///
/// A profile that names a place has that one and no other. `store = auto` chooses at each sign-in: the desktop's keyring
/// if a session can be kept there now, else the kernel's persistent keyring. From then on the session is looked for and
/// renewed where it is; see docs/decisions/0014-where-a-session-rests.md.
package struct SessionPlaces: Sendable {
  private let desktop: any DesktopKeyring
  private let kernel: any SessionStore
  private let file: any SessionStore
  private let records: SessionRecords
  private let now: @Sendable () -> Int64

  /// - Parameter now: unix time in seconds
  package init(
    desktop: any DesktopKeyring, kernel: any SessionStore, file: any SessionStore, records: SessionRecords,
    now: @escaping @Sendable () -> Int64
  ) {
    self.desktop = desktop
    self.kernel = kernel
    self.file = file
    self.records = records
    self.now = now
  }

  /// Where the profile's session is found now; nil when there is none.
  package func place(of profile: Profile) throws(SessionStoreError) -> RestingPlace? { try find(profile)?.place }

  private typealias Found = (session: StoredSession, place: RestingPlace)

  private func find(_ profile: Profile) throws(SessionStoreError) -> Found? {
    let record = records.read(profile)
    if let record, record.isSignedOut { return nil }
    switch profile.store {
    case .secretService: return try desktop.load(profile).map { ($0, .secretService) }
    case .kernel: return try kernel.load(profile).map { ($0, .kernel) }
    case .file: return try file.load(profile).map { ($0, .file) }
    case .automatic: break
    }
    // The kernel comes first: it answers in microseconds, and with a session in it nobody waits for a bus.
    if let session = try inKernel(profile) { return (session, .kernel) }
    let session: StoredSession?
    do throws(SessionStoreError) {
      session = try desktop.load(profile)
    } catch {
      // What was in the kernel is gone, whatever state the keyring is in.
      if record?.place == .kernel || (record == nil && error.code.isAbsence) { return nil }
      throw error.inAutomaticProfile()
    }
    guard let session else { return nil }
    // An older session of somebody else's must not take the place of one that is gone.
    if let record, record.place == .kernel, !record.isOf(session) { return nil }
    return (session, .secretService)
  }

  /// Where the kernel has no keyrings, there is no session in them.
  private func inKernel(_ profile: Profile) throws(SessionStoreError) -> StoredSession? {
    do throws(SessionStoreError) {
      return try kernel.load(profile)
    } catch  where error.code == .unsupported {
      return nil
    }
  }

  /// Whether the desktop's keyring may hold a session of this profile.
  private func concernsKeyring(_ profile: Profile) -> Bool {
    guard let record = records.read(profile) else {
      return profile.store == .automatic || profile.store == .secretService
    }
    return record.isInKeyring
  }

  private func store(_ place: RestingPlace) -> any SessionStore {
    switch place {
    case .secretService: desktop
    case .kernel: kernel
    case .file: file
    }
  }
}

extension SessionPlaces {
  /// Before a sign-in asks for anything: opens what the session needs open, and makes sure that there is a place for it.
  /// - Throws: why there is none.
  package func prepare(_ profile: Profile) throws(SessionStoreError) {
    switch profile.store {
    case .kernel: _ = try kernel.load(profile)
    case .file: break
    case .secretService:
      try desktop.unlock(profile)
      try desktop.check()
    case .automatic:
      do throws(SessionStoreError) {
        try desktop.unlock(profile)
        try desktop.check()
      } catch {
        do throws(SessionStoreError) {
          _ = try kernel.load(profile)
        } catch  where error.code == .unsupported {
          throw SessionStoreError(.unsupported, "There is no desktop's keyring here, and none of the kernel's either.")
        }
      }
    }
  }

  /// Asks the person to open the keyring, if that is where the session rests.
  package func unlock(_ profile: Profile) throws(SessionStoreError) {
    let record = records.read(profile)
    if let record, record.isSignedOut { return }
    switch profile.store {
    case .kernel, .file: return
    case .secretService: break
    case .automatic:
      if record?.place == .kernel { return }
      if try inKernel(profile) != nil { return }
    }
    do throws(SessionStoreError) {
      try desktop.unlock(profile)
    } catch  where error.code.isAbsence || error.code == .locked {
      // Whoever asks for the session now is told the same, with what to do about it.
    }
  }
}

extension SessionPlaces: SessionKeeping {
  package func load(_ profile: Profile) throws(SessionStoreError) -> StoredSession? { try find(profile)?.session }

  package func save(_ session: StoredSession, for profile: Profile) throws(SessionStoreError) {
    switch profile.store {
    case .secretService: try desktop.save(session, for: profile)
    case .kernel: try kernel.save(session, for: profile)
    case .file: try file.save(session, for: profile)
    case .automatic:
      // Emptied since it was read: it still belongs there, not on a disk that nobody chose.
      let place = try find(profile)?.place ?? records.read(profile)?.place ?? .secretService
      try store(place).save(session, for: profile)
    }
  }

  package func adopt(_ session: StoredSession, for profile: Profile) throws(SessionStoreError) -> Placement {
    let old = records.read(profile)
    let placement: Placement
    switch profile.store {
    case .secretService: placement = Placement(.secretService)
    case .kernel: placement = Placement(.kernel)
    case .file: placement = Placement(.file)
    case .automatic: placement = try choose(session, profile)
    }
    if profile.store != .automatic { try store(placement.place).save(session, for: profile) }
    // One session for each profile: what a former choice has left elsewhere is taken away where that needs nobody.
    if placement.place != .kernel { _ = try? kernel.remove(profile) }
    if placement.place != .file { _ = try? file.remove(profile) }
    try records.write(
      SessionRecord(
        place: placement.place, since: session.signedInAt, username: session.username, subject: session.subject,
        isInKeyring: placement.place == .secretService || old?.isInKeyring ?? false),
      of: profile)
    return placement
  }

  /// Puts the session where it can be kept, the desktop's keyring first.
  private func choose(_ session: StoredSession, _ profile: Profile) throws(SessionStoreError) -> Placement {
    do throws(SessionStoreError) {
      try desktop.check()
      try desktop.save(session, for: profile)
      return Placement(.secretService)
    } catch {
      let reason = error
      do throws(SessionStoreError) {
        try kernel.save(session, for: profile)
      } catch  where error.code == .unsupported {
        throw SessionStoreError(.unsupported, "\(reason.sentence) The kernel's keyrings can't be used here either.")
      }
      return Placement(.kernel, insteadOfKeyring: reason)
    }
  }

  package func choosesPlace(for profile: Profile) -> Bool { profile.store == .automatic }

  package func isRecorded(_ session: StoredSession, for profile: Profile) -> Bool {
    guard let record = records.read(profile), !record.isSignedOut else { return true }
    return record.isOf(session)
  }

  package func absence(_ profile: Profile) -> TokenProviderError? {
    guard let record = records.read(profile) else { return nil }
    if record.isSignedOut, record.isInKeyring {
      return TokenProviderError(
        .notSignedIn,
        "Not signed in to profile `\(profile.name)`. A session that was ended is still in the desktop's keyring: "
          + "`cognito logout` takes it out once that is unlocked.")
    }
    guard record.place == .kernel, profile.store == .automatic || profile.store == .kernel else { return nil }
    let time = Date(timeIntervalSince1970: Double(record.since)).formatted(.iso8601)
    return TokenProviderError(
      .sessionLost,
      "The session of \(printable(record.username ?? profile.name)), kept in this machine's memory since \(time), is "
        + "gone: after a restart, \(IdleTime.ofThisMachine) without use, or `keyctl clear`.")
  }

  package func all(_ profile: Profile) -> (sessions: [StoredSession], failure: SessionStoreError?) {
    var (sessions, failure): ([StoredSession], SessionStoreError?) = ([], nil)
    func look(_ store: any SessionStore) {
      do throws(SessionStoreError) {
        if let session = try store.load(profile) { sessions.append(session) }
      } catch {
        if error.code != .unsupported { failure = error }
      }
    }
    look(kernel)
    look(file)
    if concernsKeyring(profile) {
      look(desktop)
      // Nothing says that there is one in it.
      if let code = failure?.code, code.isAbsence, profile.store == .automatic, records.read(profile) == nil {
        failure = nil
      }
    }
    return (sessions, failure)
  }

  package func forget(_ profile: Profile) throws(SessionStoreError) -> SessionRemoval {
    let isConcerned = concernsKeyring(profile)
    let isKnown = records.read(profile) != nil || profile.store == .secretService
    // First: from here on nothing that is left anywhere is used.
    try records.write(SessionRecord(place: nil, since: now(), isInKeyring: isConcerned), of: profile)
    var removal = SessionRemoval()
    for store in [kernel, file] {
      do throws(SessionStoreError) {
        removal.wasThere = try store.remove(profile) || removal.wasThere
      } catch {
        if error.code != .unsupported { removal.failure = error }
      }
    }
    guard isConcerned else { return removal }
    do throws(SessionStoreError) {
      removal.wasThere = try desktop.remove(profile) || removal.wasThere
    } catch {
      if isKnown || !error.code.isAbsence {
        removal.failure = error
        return removal
      }
    }
    try records.write(SessionRecord(place: nil, since: now(), isInKeyring: false), of: profile)
    return removal
  }
}

extension SessionStoreError.Code {
  /// There is no keyring, as opposed to one that is there and can't be used now.
  var isAbsence: Bool { self == .noBus || self == .noService || self == .noCollection }
}
