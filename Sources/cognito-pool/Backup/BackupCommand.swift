import ArgumentParser
import Cognito
import LocalPool

struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Write a whole copy of the state to a new file, also while a server runs.",
    discussion: """
      Copying pool.sqlite itself loses what was written last: that is still in the files beside it. To go back to a \
      backup, stop the server, remove pool.sqlite-wal and pool.sqlite-shm, and put the file in the place of pool.sqlite.
      """)
  @OptionGroup var options: StateOptions

  @Argument(help: "The file to make, which must not be there yet. It holds every secret of the pools.")
  var file: String

  func run() throws {
    try options.run { (desk: PoolDesk) in
      try desk.context.store.backUp(to: file)
      options.show(["File": .string(file)], ["wrote \(file)"])
    }
  }
}
