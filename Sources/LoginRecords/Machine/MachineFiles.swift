import Glibc
import Synchronization
import SystemSupport

/// What the machine's files say now. They are read again when one of them has changed: with thousands of lines, that
/// would take longer than all the rest of an answer.
package final class MachineFiles: Sendable {
  private struct Reading {
    let stamps: [FileStamp?]
    let files: AccountFiles
  }

  private let folder: String
  private let withSubordinate: Bool
  private let now: @Sendable () -> Int
  private let last = Mutex<Reading?>(nil)

  /// - Parameters:
  ///   - folder: where passwd and group are
  ///   - withSubordinate: as for `AccountFiles`
  ///   - now: seconds since 1970
  package init(
    in folder: String = "/etc", withSubordinate: Bool = true, now: @escaping @Sendable () -> Int = { time(nil) }
  ) {
    self.folder = folder
    self.withSubordinate = withSubordinate
    self.now = now
  }

  /// Throws when one can't be read: then nobody can be proved not to be local.
  package func read() throws(AccountFiles.Unreadable) -> AccountFiles {
    // Before reading: what changes meanwhile has another stamp next time.
    let names = AccountFiles.names + (withSubordinate ? AccountFiles.subordinateNames : [])
    let stamps = names.map { FileStamp("\(folder)/\($0)") }
    if let last = last.withLock({ $0 }), last.stamps == stamps { return last.files }
    let files = try AccountFiles(in: folder, withSubordinate: withSubordinate)
    let now = now()
    let isSettled = stamps.allSatisfy { $0?.isSettled(now: now) ?? true }
    last.withLock { $0 = isSettled ? Reading(stamps: stamps, files: files) : nil }
    return files
  }
}
