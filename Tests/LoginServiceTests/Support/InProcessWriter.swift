import LoginRecords
import LoginService
import Synchronization

/// The writer of records without its process: the same code on folders of the test's.
final class InProcessWriter: RecordChannel {
  private let keeper: Mutex<RecordKeeper>
  private let isAway = Mutex(false)

  /// - Parameter login: what stands in `[login]`
  init(in directory: TemporaryDirectory, login: String) throws {
    let path = directory.path
    let around = RecordKeeper.Surroundings(
      settings: { try RecordSettings.parse(Array("[login]\n\(login)\n".utf8), name: "test.conf") },
      machine: { try AccountFiles(in: path) },
      directories: NameServices(configuration: "\(path)/nsswitch.conf"),
      systemNames: { SystemNames.inSysusers(folders: ["\(path)/sysusers.d"]) })
    keeper = Mutex(
      try RecordKeeper(
        around, bindings: Bindings(folder: "\(path)/bindings"),
        folder: RecordFolder(directory.folder("userdb", mode: 0o755))))
  }

  /// From now on nobody answers.
  func leave() { isAway.withLock { $0 = true } }
  func comeBack() { isAway.withLock { $0 = false } }

  func exchange(_ requests: [RecordRequest]) async throws(RecordRefusal) -> [RecordAnswer] {
    guard !isAway.withLock({ $0 }) else { throw RecordRefusal(.broken, "nobody answers") }
    return keeper.withLock { keeper in
      keeper.startOver()
      // As on the wire: what can't be said in a line can't be asked.
      return requests.map { request in
        RecordRequest(Array(request.line.utf8.dropLast())).map(keeper.answer)
          ?? .refused(RecordRefusal(.malformed, "not a request"))
      }
    }
  }
}
