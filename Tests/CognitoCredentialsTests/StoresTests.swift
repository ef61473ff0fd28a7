import Cognito
import CognitoCredentials
import Glibc
import SystemSupport
import TestSupport
import Testing
import TokenCache

@Suite("stores")
struct StoresTests {
  private let profile = Profile(name: "w", userPoolID: "eu-west-1_A", clientID: "1")
  private let directory = TemporaryDirectory()

  private func session(_ refresh: String) -> StoredSession {
    StoredSession(
      username: "ann", userPoolID: "eu-west-1_A", clientID: "1", refreshToken: Secret(utf8: refresh), signedInAt: 1)
  }

  private func check(_ store: any SessionStore) throws {
    #expect(try store.load(profile) == nil)
    #expect(try !store.remove(profile))
    try store.save(session("one"), for: profile)
    try store.save(session("two"), for: profile)
    #expect(try store.load(profile) == session("two"))
    var other = profile
    other.clientID = "2"
    #expect(try store.load(other) == nil)
    #expect(try store.remove(profile))
    #expect(try store.load(profile) == nil)
  }

  @Test("files keep, replace and forget a session")
  func files() throws { try check(FileStore(state: directory.path + "/a/b")) }

  @Test("the persistent keyring keeps, replaces and forgets a session")
  func persistentKeyring() throws { try check(KernelPersistentStore(keyring: MemoryKeyring())) }

  @Test("a session file and its directory are the owner's alone")
  func permissions() throws {
    let store = FileStore(state: directory.path)
    try store.save(session("one"), for: profile)
    let file = directory.path + "/sessions/w@eu-west-1_A@1.json"
    var status = stat()
    #expect(stat(file, &status) == 0 && status.st_mode & 0o777 == 0o600)
    #expect(stat(directory.path + "/sessions", &status) == 0 && status.st_mode & 0o777 == 0o700)
  }

  @Test("a session file that others could read or write is refused", arguments: [0o640, 0o604, 0o620] as [mode_t])
  func unsafeFile(mode: mode_t) throws {
    let store = FileStore(state: directory.path)
    try store.save(session("one"), for: profile)
    chmod(directory.path + "/sessions/w@eu-west-1_A@1.json", mode)
    #expect(throws: SessionStoreError(.unsafeFile, "")) { try store.load(profile) }
  }

  @Test("a directory that others can write to is refused")
  func unsafeDirectory() throws {
    mkdir(directory.path + "/sessions", 0o700)
    chmod(directory.path + "/sessions", 0o777)
    #expect(throws: SessionStoreError(.unsafeFile, "")) {
      try FileStore(state: directory.path).save(session("one"), for: profile)
    }
  }

  @Test("a damaged file is told as damage")
  func damaged() throws {
    let store = FileStore(state: directory.path)
    try store.save(session("one"), for: profile)
    let file = open(directory.path + "/sessions/w@eu-west-1_A@1.json", O_WRONLY | O_TRUNC)
    Descriptor.writeAll(file, Array("{".utf8))
    close(file)
    #expect(throws: SessionStoreError(.corrupt, "")) { try store.load(profile) }
  }
}
