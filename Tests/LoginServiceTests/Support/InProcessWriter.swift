import LoginRecords
import LoginService
import Synchronization

/// The writer of records without its process: the same code on folders of the test's.
final class InProcessWriter: RecordChannel {
  private let keeper: Mutex<RecordKeeper>
  private let isAway = Mutex(false)
  private let interludes = Mutex<(before: Interlude?, after: Interlude?)>((nil, nil))
  typealias Interlude = @Sendable ([RecordRequest]) async -> Void

  /// - Parameter login: what stands in `[login]`
  init(in directory: TemporaryDirectory, login: String) throws {
    let path = directory.path
    let around = RecordKeeper.Surroundings(
      settings: { try RecordSettings.parse(Array("[login]\n\(login)\n".utf8), name: "test.conf") },
      machine: { try AccountFiles(in: path) },
      directories: NameServices(configuration: "\(path)/nsswitch.conf"),
      systemNames: { SystemNames.inSysusers(folders: ["\(path)/sysusers.d"]) }, log: { _ in })
    keeper = Mutex(
      try RecordKeeper(
        around, bindings: Bindings(folder: "\(path)/bindings"), memory: RecordMemory(folder: "\(path)/bindings"),
        folder: RecordFolder(directory.folder("userdb", mode: 0o755))))
  }

  /// From now on nobody answers.
  func leave() { isAway.withLock { $0 = true } }
  func comeBack() { isAway.withLock { $0 = false } }

  /// Done before each exchange's requests arrive, and before its answers are back.
  func meanwhile(before: Interlude? = nil, after: Interlude? = nil) {
    interludes.withLock { $0 = (before, after) }
  }

  func exchange(_ requests: [RecordRequest]) async throws(RecordRefusal) -> [RecordAnswer] {
    guard !isAway.withLock({ $0 }) else { throw RecordRefusal(.broken, "nobody answers") }
    await interludes.withLock { $0.before }?(requests)
    let answers = keeper.withLock { keeper in
      keeper.startOver()
      // As on the wire: what can't be said in a line can't be asked.
      return requests.map { request in
        RecordRequest(Array(request.line.utf8.dropLast())).map(keeper.answer)
          ?? .refused(RecordRefusal(.malformed, "not a request"))
      }
    }
    await interludes.withLock { $0.after }?(requests)
    return answers
  }
}
