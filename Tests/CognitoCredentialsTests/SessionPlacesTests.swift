import Cognito
import CognitoCredentials
import SystemSupport
import TestSupport
import Testing
import TokenCache

@Suite("where a session rests")
struct SessionPlacesTests {
  private let automatic = Profile(name: "w", userPoolID: "eu-west-1_A", clientID: "1")
  private let directory = TemporaryDirectory()
  private let desktop = FakeDesktop()
  private let kernel = MemoryStore(nil, Journal())

  private var places: SessionPlaces {
    SessionPlaces(
      desktop: desktop, kernel: kernel, file: FileStore(state: directory.path),
      records: SessionRecords(state: directory.path), now: { 5 })
  }

  private func session(_ refresh: String, subject: String = "sub-ann") -> StoredSession {
    StoredSession(
      username: "ann", subject: subject, userPoolID: "eu-west-1_A", clientID: "1", refreshToken: Secret(utf8: refresh),
      signedInAt: 1)
  }

  private static let absences: [SessionStoreError.Code] = [.noBus, .noService, .noCollection]
  private static let failures = absences + [.locked, .timedOut, .dismissed, .failed]

  @Test("an open keyring is chosen, and a session in the kernel gives way to it")
  func keyring() throws {
    try kernel.save(session("old"), for: automatic)
    #expect(try places.adopt(session("r"), for: automatic) == Placement(.secretService))
    #expect(kernel.current == nil && desktop.store.current == session("r"))
    #expect(try places.place(of: automatic) == .secretService)
  }

  @Test("a keyring that can't be used leads to the kernel, with the reason", arguments: failures)
  func fallback(code: SessionStoreError.Code) throws {
    desktop.fail(SessionStoreError(code, "x."))
    let placement = try places.adopt(session("r"), for: automatic)
    #expect(placement.place == .kernel && placement.insteadOfKeyring?.code == code)
    #expect(kernel.current == session("r") && desktop.store.current == nil)
    #expect(try places.load(automatic) == session("r"))
  }

  @Test("a keyring that seems open and can't be written leads to the kernel as well")
  func firstLogin() throws {
    desktop.store.failSaves(SessionStoreError(.noCollection, "x."))
    #expect(try places.adopt(session("r"), for: automatic).place == .kernel)
  }

  @Test("a renewed session goes back where it was, whatever there is by now")
  func inPlace() throws {
    desktop.fail(SessionStoreError(.noBus, "x."))
    _ = try places.adopt(session("r"), for: automatic)
    desktop.fail(nil)
    try places.save(session("r2"), for: automatic)
    #expect(kernel.current == session("r2") && desktop.store.current == nil)
    kernel.replace(nil)
    try places.save(session("r3"), for: automatic)
    #expect(kernel.current == session("r3") && desktop.store.current == nil)
  }

  @Test("a session in a keyring that fails later is not looked for elsewhere", arguments: failures)
  func noStepDown(code: SessionStoreError.Code) throws {
    _ = try places.adopt(session("r"), for: automatic)
    desktop.fail(SessionStoreError(code, "x."))
    #expect(throws: SessionStoreError(code, "")) { try places.load(automatic) }
    #expect(throws: SessionStoreError(code, "")) { try places.save(session("r2"), for: automatic) }
    #expect(kernel.current == nil)
  }

  @Test("before the first sign-in, no keyring means that nobody is signed in; a locked one may hold a session")
  func nothingKnown() throws {
    for code in Self.absences {
      desktop.fail(SessionStoreError(code, "x."))
      #expect(try places.load(automatic) == nil)
    }
    desktop.fail(SessionStoreError(.locked, "x."))
    #expect(throws: SessionStoreError(.locked, "")) { try places.load(automatic) }
  }

  @Test("what the kernel has forgotten is gone, whatever state the keyring is in", arguments: failures)
  func lost(code: SessionStoreError.Code) throws {
    desktop.fail(SessionStoreError(code, "x."))
    _ = try places.adopt(session("r"), for: automatic)
    kernel.replace(nil)
    #expect(try places.load(automatic) == nil)
    let absence = try #require(places.absence(automatic))
    #expect(absence.code == .sessionLost && "\(absence)".contains("of ann, kept in this machine's memory since 1970-"))
  }

  @Test("after that an older session in the keyring is used if it is the same person's", arguments: [true, false])
  func olderSession(isSame: Bool) throws {
    _ = try places.adopt(session("older", subject: isSame ? "sub-ann" : "sub-bob"), for: automatic)
    desktop.fail(SessionStoreError(.noBus, "x."))
    _ = try places.adopt(session("r"), for: automatic)
    desktop.fail(nil)
    #expect(try places.load(automatic)?.refreshToken == Secret(utf8: "r"))
    kernel.replace(nil)
    #expect(try places.load(automatic)?.refreshToken == (isSame ? Secret(utf8: "older") : nil))
  }

  @Test("signed out while the keyring was locked, a session doesn't come back when it opens")
  func signedOut() throws {
    _ = try places.adopt(session("r"), for: automatic)
    desktop.fail(SessionStoreError(.locked, "x."))
    #expect(try places.forget(automatic).failure?.code == .locked)
    desktop.fail(nil)
    #expect(desktop.store.current != nil)
    #expect(try places.load(automatic) == nil)
    #expect(places.absence(automatic)?.code == .notSignedIn)
    #expect(try places.forget(automatic) == SessionRemoval(wasThere: true))
    #expect(desktop.store.current == nil && places.absence(automatic) == nil)
  }

  @Test("signing out finds a session that a changed profile has left elsewhere")
  func changedProfile() throws {
    _ = try places.adopt(session("r"), for: automatic)
    var changed = automatic
    changed.store = .file
    #expect(places.all(changed).sessions == [session("r")])
    #expect(try places.forget(changed).wasThere && desktop.store.current == nil)
  }

  @Test("with no sign-in on record and no keyring, signing out leaves nothing")
  func nothingToSignOut() throws {
    desktop.fail(SessionStoreError(.noBus, "x."))
    #expect(places.all(automatic).failure == nil)
    #expect(try places.forget(automatic) == SessionRemoval())
  }

  @Test("a place that a profile names is used or refused")
  func named() throws {
    var profile = automatic
    profile.store = .secretService
    desktop.fail(SessionStoreError(.noBus, "x."))
    #expect(throws: SessionStoreError(.noBus, "")) { try places.adopt(session("r"), for: profile) }
    #expect(throws: SessionStoreError(.noBus, "")) { try places.prepare(profile) }
    #expect(kernel.current == nil)
    try places.prepare(automatic)
  }

  @Test("nobody is asked to open a keyring in which the session isn't")
  func asking() throws {
    try places.unlock(automatic)
    #expect(desktop.unlocked == 1)
    desktop.fail(SessionStoreError(.locked, "x."))
    _ = try places.adopt(session("r"), for: automatic)
    try places.unlock(automatic)
    kernel.replace(nil)
    try places.unlock(automatic)
    _ = try places.forget(automatic)
    try places.unlock(automatic)
    #expect(desktop.unlocked == 1)
  }

  @Test("a record that can't be believed counts as none")
  func damagedRecord() throws {
    let records = SessionRecords(state: directory.path)
    let record = SessionRecord(place: .kernel, since: 7, username: "ann", subject: "s", isInKeyring: true)
    try records.write(record, of: automatic)
    #expect(records.read(automatic) == record)
    let file = directory.path + "/sessions/w@eu-west-1_A@1.record"
    #expect(AtomicFile.replace(file, with: Array(#"{"version":1,"place":"attic"}"#.utf8), mode: 0o600))
    #expect(records.read(automatic) == nil)
  }
}

@Suite("the way to the session bus")
struct SessionBusTests {
  private func bus(_ variables: [String: String], sockets: Set<String> = []) -> SessionBus {
    SessionBus(environment: { variables[$0] }, uid: 1000, isSocket: sockets.contains)
  }

  @Test("the environment's address, then the runtime directory's, then logind's place")
  func address() {
    let logind: Set = ["/run/user/1000/bus", "/run/mine/bus"]
    #expect(bus(["DBUS_SESSION_BUS_ADDRESS": "unix:path=/x"], sockets: logind).address == "unix:path=/x")
    #expect(bus(["XDG_RUNTIME_DIR": "/run/mine"], sockets: logind).address == "unix:path=/run/mine/bus")
    #expect(bus(["XDG_RUNTIME_DIR": "/gone"], sockets: logind).address == "unix:path=/run/user/1000/bus")
    #expect(bus([:], sockets: logind).address == "unix:path=/run/user/1000/bus")
    #expect(bus(["DISPLAY": ":0"]).address == nil)
  }

  @Test("a person is asked at a screen, never over ssh")
  func asking() {
    #expect(bus(["DISPLAY": ":0"]).canAsk && bus(["WAYLAND_DISPLAY": "wayland-0"]).canAsk)
    #expect(!bus([:]).canAsk && !bus(["DISPLAY": ""]).canAsk)
    #expect(!bus(["DISPLAY": "localhost:10.0", "SSH_CONNECTION": "::1 1 ::1 22"]).canAsk)
  }
}
