import FoundationEssentials
import LocalPool
import TestSupport
import Testing

@Suite("settings that a connection has read before")
struct DocumentMemoryTests {
  let directory = TemporaryDirectory()
  let now = Date(timeIntervalSince1970: 1_800_000_000)

  @Test("a change is seen by the next reader, and a client's settings aren't taken for a pool's")
  func changeIsSeen() throws {
    let store = try PoolStore(directory: directory.path)
    var pool = PoolRecord(
      id: "local_Abc", document: try AWSDocument(json: Array(#"{"PoolName":"first"}"#.utf8)), createdAt: now,
      modifiedAt: now)
    let client = ClientRecord(
      id: "local_Abc", poolID: "local_Abc", document: try AWSDocument(json: Array(#"{"ClientName":"app"}"#.utf8)),
      secrets: [], createdAt: now, modifiedAt: now)
    try store.write {
      try $0.pools.insert(pool)
      try $0.clients.insert(client)
    }
    // Twice each: the second time it is there already.
    for _ in 0..<2 {
      #expect(try store.read { try $0.clients.find("local_Abc") }?.settings.clientName == "app")
      #expect(try store.read { try $0.pools.find("local_Abc") }?.settings.poolName == "first")
    }
    pool.document = try AWSDocument(json: Array(#"{"PoolName":"second"}"#.utf8))
    try store.write {
      #expect(try $0.pools.find("local_Abc")?.settings.poolName == "first")
      try $0.pools.update(pool)
      #expect(try $0.pools.find("local_Abc")?.settings.poolName == "second")
    }
    #expect(try store.read { try $0.pools.find("local_Abc") }?.settings.poolName == "second")
  }
}
